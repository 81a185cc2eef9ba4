// Sum of the weights of each row's ties.
// mode: read
// seconds: 60
// parameters:
//   graph: text
// columns:
//   row: integer
//   value: number
CALL gds.degree.stream($graph, {relationshipWeightProperty: 'weight'}) YIELD nodeId, score
RETURN nodeId AS row, score AS value
ORDER BY row
