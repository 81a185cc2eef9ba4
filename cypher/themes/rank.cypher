// Gives what a file says of themes the precedence of the file; marks as stale those that another file describes too.
// mode: write
// seconds: 120
// parameters:
//   file: text
MATCH (i:Import {source: $file})
WITH max(i.precedence) AS rank
MATCH (d:Description {file: $file})-[:DESCRIBES]->(n:Theme)
WHERE d.rank <> rank
SET d.rank = rank
WITH n
MATCH (n)<-[:DESCRIBES]-(other:Description)
WHERE other.file <> $file
SET n.stale = true
