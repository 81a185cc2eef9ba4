// Gives what a file says of who takes part the precedence of the file.
// mode: write
// seconds: 120
// parameters:
//   file: text
MATCH (i:Import {source: $file})
WITH max(i.precedence) AS rank
MATCH (:Actor)-[p:PARTICIPATES_IN {file: $file}]->(:Collaboration)
WHERE p.rank <> rank
SET p.rank = rank
