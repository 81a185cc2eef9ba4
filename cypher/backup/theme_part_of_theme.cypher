// The relations PART_OF of Theme and Theme, with all that they hold, of a slice of ids: the next ones after one of them.
// mode: read
// seconds: 120
// parameters:
//   after: text
//   after_b: text?
//   until: text
//   limit: integer
// columns:
//   a: text
//   b: text
//   properties: map
MATCH (a:Theme)-[r:PART_OF]->(b:Theme)
WHERE a.id >= $after AND a.id <= $until AND (a.id > $after OR b.id > $after_b)
WITH a.id AS a, b.id AS b, r
ORDER BY a, b
LIMIT $limit
RETURN a, b, properties(r) AS properties
ORDER BY a, b
