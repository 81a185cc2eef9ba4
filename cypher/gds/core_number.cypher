// Largest k such that each row is in a part where all have k ties at least.
// mode: read
// seconds: 60
// parameters:
//   graph: text
// columns:
//   row: integer
//   value: integer
CALL gds.kcore.stream($graph) YIELD nodeId, coreValue
RETURN nodeId AS row, coreValue AS value
ORDER BY row
