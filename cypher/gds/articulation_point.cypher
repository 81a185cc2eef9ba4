// Rows without which their piece falls apart.
// mode: read
// seconds: 60
// parameters:
//   graph: text
// columns:
//   row: integer
CALL gds.articulationPoints.stream($graph) YIELD nodeId
RETURN nodeId AS row
ORDER BY row
