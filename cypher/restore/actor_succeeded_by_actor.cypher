// Writes relations SUCCEEDED_BY of Actor and Actor as a backup holds them.
// mode: write
// seconds: 120
// parameters:
//   rows: list of maps
//   rows.a: text
//   rows.b: text
//   rows.key: text
//   rows.properties: map
UNWIND $rows AS row
MATCH (a:Actor {id: row.a})
MATCH (b:Actor {id: row.b})
MERGE (a)-[r:SUCCEEDED_BY {id: row.key}]->(b)
SET r += row.properties
