// Writes relations DESCRIBES of Description and Source as a backup holds them.
// mode: write
// seconds: 120
// parameters:
//   rows: list of maps
//   rows.a: text
//   rows.b: text
//   rows.properties: map
UNWIND $rows AS row
MATCH (a:Description {id: row.a})
MATCH (b:Source {id: row.b})
MERGE (a)-[r:DESCRIBES]->(b)
SET r += row.properties
