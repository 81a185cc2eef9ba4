// The relations DESCRIBES of Description and Theme, with all that they hold, of a slice of ids.
// mode: read
// seconds: 120
// parameters:
//   after: text
//   until: text
// columns:
//   a: text
//   b: text
//   properties: map
MATCH (a:Description)-[r:DESCRIBES]->(b:Theme)
WHERE a.id > $after AND a.id <= $until
RETURN a.id AS a, b.id AS b, properties(r) AS properties
ORDER BY a.id, b.id
