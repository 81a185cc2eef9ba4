// What the matching of a file's import says of two entries; said to the ids, which may go and come back.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.name: text
//   rows.a: text
//   rows.b: text
//   rows.verdict: text
//   rows.score: decimal text?
//   rows.grounds: json text
//   rows.at: text
//   rows.by: text
//   rows.file: text
//   rows.import: text
UNWIND $rows AS row
MERGE (p:Proposal {id: row.id})
SET p.name = row.name, p.a = row.a, p.b = row.b, p.verdict = row.verdict, p.score = row.score,
    p.grounds = row.grounds, p.at = row.at, p.by = row.by, p.file = row.file, p.import = row.import
