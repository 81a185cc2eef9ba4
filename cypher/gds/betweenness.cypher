// Shortest paths between two others through each row, each pair once; by one thread, so that sums come out alike.
// mode: read
// seconds: 600
// parameters:
//   graph: text
// columns:
//   row: integer
//   value: number
CALL gds.betweenness.stream($graph, {concurrency: 1}) YIELD nodeId, score
RETURN nodeId AS row, score AS value
ORDER BY row
