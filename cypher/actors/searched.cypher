// What the search looks into, of some actors: the words of every name, and the identifiers.
// mode: read
// seconds: 30
// parameters:
//   ids: list of text
// columns:
//   id: text
//   search: text
MATCH (a:Actor)
WHERE a.id IN $ids
RETURN a.id AS id, coalesce(a.search, '') AS search
ORDER BY a.id
