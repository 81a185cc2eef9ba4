// Takes a name out of who said decisions and of their words; what was said stays. The same again changes nothing.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.by: text?
//   rows.words: text?
UNWIND $rows AS row
MATCH (d:Decision {id: row.id})
SET d.by = row.by, d.words = row.words
