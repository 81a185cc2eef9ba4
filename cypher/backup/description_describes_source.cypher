// The relations DESCRIBES of Description and Source, with all that they hold, of a slice of ids: the next ones after one of them.
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
MATCH (a:Description)-[r:DESCRIBES]->(b:Source)
WHERE a.id >= $after AND a.id <= $until AND (a.id > $after OR b.id > $after_b)
WITH a.id AS a, b.id AS b, r
ORDER BY a, b
LIMIT $limit
RETURN a, b, properties(r) AS properties
ORDER BY a, b
