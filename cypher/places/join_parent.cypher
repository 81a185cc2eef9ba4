// Puts each place into its parent.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.parent: text
UNWIND $rows AS row
MATCH (child:Place {id: row.id})
MATCH (parent:Place {id: row.parent})
MERGE (child)-[:PART_OF]->(parent)
