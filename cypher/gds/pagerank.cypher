// PageRank by weights; its sum is not 1 where rows have no ties. By one thread, so that sums come out alike.
// mode: read
// seconds: 60
// parameters:
//   graph: text
// columns:
//   row: integer
//   value: number
CALL gds.pageRank.stream($graph, {relationshipWeightProperty: 'weight', maxIterations: 1000, tolerance: 1e-14, concurrency: 1}) YIELD nodeId, score
RETURN nodeId AS row, score AS value
ORDER BY row
