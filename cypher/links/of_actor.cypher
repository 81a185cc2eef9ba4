// The links of one actor, in either direction.
// mode: read
// parameters:
//   id: text
// columns:
//   actor: text
//   other: text
//   kind: text
//   since: date?
//   source: text
MATCH (a:Actor)-[l:SAME_AS|UNIT_OF|MEMBER_OF|SUCCEEDED_BY]->(other:Actor)
WHERE a.id = $id OR other.id = $id
RETURN a.id AS actor, other.id AS other, toLower(type(l)) AS kind, l.since AS since, l.source AS source
ORDER BY a.id, other.id, kind, l.source, l.rank, l.file
