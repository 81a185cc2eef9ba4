// Share of the pairs of each row's partners that are tied.
// mode: read
// seconds: 60
// parameters:
//   graph: text
// columns:
//   row: integer
//   value: number
CALL gds.localClusteringCoefficient.stream($graph) YIELD nodeId, localClusteringCoefficient
RETURN nodeId AS row, localClusteringCoefficient AS value
ORDER BY row
