// Mean of 1/distance of each row to all others; by one thread, so that sums come out alike.
// mode: read
// seconds: 600
// parameters:
//   graph: text
// columns:
//   row: integer
//   value: number
CALL gds.closeness.harmonic.stream($graph, {concurrency: 1}) YIELD nodeId, score
RETURN nodeId AS row, score AS value
ORDER BY row
