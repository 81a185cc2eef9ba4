// Writes nodes Contact as a backup holds them.
// mode: write
// seconds: 120
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.name: text
//   rows.properties: map
UNWIND $rows AS row
MERGE (n:Contact {id: row.id})
SET n.name = row.name, n += row.properties
