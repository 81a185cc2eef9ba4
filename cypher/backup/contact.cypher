// All that the nodes Contact hold, after an id.
// mode: read
// seconds: 120
// parameters:
//   after: text
//   limit: integer
// columns:
//   id: text
//   properties: map
MATCH (n:Contact)
WHERE n.id > $after
RETURN n.id AS id, properties(n) AS properties
ORDER BY n.id
LIMIT $limit
