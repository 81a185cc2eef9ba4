// Puts each actor that is nowhere into its place.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.place: text
//   rows.file: text
UNWIND $rows AS row
MATCH (a:Actor {id: row.id})
MATCH (p:Place {id: row.place})
WHERE NOT EXISTS { MATCH (a)-[:LOCATED_IN]->(:Place) }
MERGE (a)-[r:LOCATED_IN]->(p)
SET r.file = row.file
