// Which actors are described by another file than one, or by a person.
// mode: read
// seconds: 60
// parameters:
//   file: text
// columns:
//   actor: text
MATCH (d:Description)-[:DESCRIBES]->(a:Actor)
WHERE d.file <> $file
WITH DISTINCT a.id AS actor
RETURN actor
ORDER BY actor
