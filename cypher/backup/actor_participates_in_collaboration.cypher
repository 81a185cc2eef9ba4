// The relations PARTICIPATES_IN of Actor and Collaboration, with all that they hold, of a slice of ids: the next ones after one of them.
// mode: read
// seconds: 120
// parameters:
//   after: text
//   after_b: text?
//   after_key: text?
//   until: text
//   limit: integer
// columns:
//   a: text
//   b: text
//   properties: map
MATCH (a:Actor)-[r:PARTICIPATES_IN]->(b:Collaboration)
WHERE a.id >= $after AND a.id <= $until AND (a.id > $after OR b.id > $after_b OR (b.id = $after_b AND r.id > $after_key))
WITH a.id AS a, b.id AS b, r.id AS key, r
ORDER BY a, b, key
LIMIT $limit
RETURN a, b, properties(r) AS properties
ORDER BY a, b, key
