// Which files describe some actors; a person's word is under an empty name.
// mode: read
// parameters:
//   ids: list of text
// columns:
//   actor: text
//   file: text
MATCH (d:Description)-[:DESCRIBES]->(a:Actor)
WHERE a.id IN $ids
WITH DISTINCT a.id AS actor, d.file AS file
RETURN actor, file
ORDER BY actor, file
