// All that the nodes Description hold, after an id: the next 2,000.
// mode: read
// seconds: 120
// parameters:
//   after: text
// columns:
//   id: text
//   properties: map
MATCH (n:Description)
WHERE n.id > $after
RETURN n.id AS id, n {.*} AS properties
ORDER BY id
LIMIT 2000
