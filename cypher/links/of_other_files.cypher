// Every link between actors as bodies that another file than one says.
// mode: read
// seconds: 60
// parameters:
//   file: text
// columns:
//   actor: text
//   other: text
//   kind: text
//   since: date?
//   source: text
MATCH (a:Actor)-[l:SAME_AS|UNIT_OF|MEMBER_OF|SUCCEEDED_BY]->(other:Actor)
WHERE l.file <> $file
RETURN a.id AS actor, other.id AS other, toLower(type(l)) AS kind, l.since AS since, l.source AS source
ORDER BY a.id, other.id, kind, l.source, l.rank, l.file
