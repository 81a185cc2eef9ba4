// Writes relations ABOUT of Collaboration and Theme as a backup holds them.
// mode: write
// seconds: 120
// parameters:
//   rows: list of maps
//   rows.a: text
//   rows.b: text
//   rows.key: text
//   rows.properties: map
UNWIND $rows AS row
MATCH (a:Collaboration {id: row.a})
MATCH (b:Theme {id: row.b})
MERGE (a)-[r:ABOUT {file: row.key}]->(b)
SET r += row.properties
