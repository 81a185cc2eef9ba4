// Number of ties of each row.
// mode: read
// seconds: 60
// parameters:
//   graph: text
// columns:
//   row: integer
//   value: number
CALL gds.degree.stream($graph) YIELD nodeId, score
RETURN nodeId AS row, score AS value
ORDER BY row
