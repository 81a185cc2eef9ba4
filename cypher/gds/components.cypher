// Number of the piece that each row is in, of any numbering.
// mode: read
// seconds: 60
// parameters:
//   graph: text
// columns:
//   row: integer
//   value: integer
CALL gds.wcc.stream($graph) YIELD nodeId, componentId
RETURN nodeId AS row, componentId AS value
ORDER BY row
