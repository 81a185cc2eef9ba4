// Gives what the matching of a file said the precedence of the file.
// mode: write
// seconds: 120
// parameters:
//   file: text
MATCH (i:Import {source: $file})
WITH max(i.precedence) AS rank
MATCH (p:Proposal {file: $file})
WHERE p.rank <> rank
SET p.rank = rank
