// Writes relations PARTICIPATES_IN of Actor and Collaboration as a backup holds them.
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
MATCH (b:Collaboration {id: row.b})
MERGE (a)-[r:PARTICIPATES_IN {id: row.key}]->(b)
SET r += row.properties
