// Takes a name out of who said judgements and of their words; what was said stays. The same again changes nothing.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.by: text?
//   rows.words: text?
UNWIND $rows AS row
MATCH (j:Judgement {id: row.id})
SET j.by = row.by, j.reason = row.words
