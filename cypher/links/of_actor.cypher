// The links of one actor, in either direction. It begins at the actor: a filter on both ends would look at every link.
// mode: read
// parameters:
//   id: text
// columns:
//   actor: text
//   other: text
//   kind: text
//   since: date?
//   source: text
MATCH (me:Actor {id: $id})-[l:SAME_AS|UNIT_OF|MEMBER_OF|SUCCEEDED_BY]-(:Actor)
WITH l, startNode(l) AS a, endNode(l) AS other
RETURN a.id AS actor, other.id AS other, toLower(type(l)) AS kind, l.since AS since, l.source AS source
ORDER BY a.id, other.id, kind, l.source, l.rank, l.file
