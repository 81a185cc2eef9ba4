// Sets the precedence of file sources: all imports of one source have the same.
// mode: write
// parameters:
//   rows: list of maps
//   rows.source: text
//   rows.rank: integer
UNWIND $rows AS row
MATCH (i:Import {source: row.source})
SET i.precedence = row.rank
