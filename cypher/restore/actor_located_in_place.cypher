// Writes relations LOCATED_IN of Actor and Place as a backup holds them.
// mode: write
// seconds: 120
// parameters:
//   rows: list of maps
//   rows.a: text
//   rows.b: text
//   rows.properties: map
UNWIND $rows AS row
MATCH (a:Actor {id: row.a})
MATCH (b:Place {id: row.b})
MERGE (a)-[r:LOCATED_IN]->(b)
SET r += row.properties
