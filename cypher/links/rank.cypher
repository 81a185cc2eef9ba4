// Gives what a file says of how actors hang together the precedence of the file.
// mode: write
// seconds: 120
// parameters:
//   file: text
MATCH (i:Import {source: $file})
WITH max(i.precedence) AS rank
MATCH (:Actor)-[l:SAME_AS|UNIT_OF|MEMBER_OF|SUCCEEDED_BY]->(:Actor)
WHERE l.file = $file AND l.rank <> rank
SET l.rank = rank
