// Writes relations PART_OF of Theme and Theme as a backup holds them.
// mode: write
// seconds: 120
// parameters:
//   rows: list of maps
//   rows.a: text
//   rows.b: text
//   rows.properties: map
UNWIND $rows AS row
MATCH (a:Theme {id: row.a})
MATCH (b:Theme {id: row.b})
MERGE (a)-[r:PART_OF]->(b)
SET r += row.properties
