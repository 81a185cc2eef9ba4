// All that the nodes Content hold, after an id: the next 20.
// mode: read
// seconds: 120
// parameters:
//   after: text
// columns:
//   id: text
//   properties: map
MATCH (n:Content)
WHERE n.id > $after
RETURN n.id AS id, n {.*} AS properties
ORDER BY id
LIMIT 20
