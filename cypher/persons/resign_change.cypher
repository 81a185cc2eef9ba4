// Takes a name out of who said changes and of their words; what was said stays. The same again changes nothing.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.by: text?
//   rows.words: text?
UNWIND $rows AS row
MATCH (c:Change {id: row.id})
SET c.by = row.by, c.reason = row.words
