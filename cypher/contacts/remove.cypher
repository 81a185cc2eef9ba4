// Deletes contact persons.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
UNWIND $rows AS row
MATCH (c:Contact {id: row.id})
DETACH DELETE c
