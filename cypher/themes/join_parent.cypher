// Puts each theme into its parent.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.parent: text
UNWIND $rows AS row
MATCH (child:Theme {id: row.id})
MATCH (parent:Theme {id: row.parent})
MERGE (child)-[:PART_OF]->(parent)
