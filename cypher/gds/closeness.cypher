// Nearness of each row by the mean of its distances, corrected for networks in pieces.
// mode: read
// seconds: 600
// parameters:
//   graph: text
// columns:
//   row: integer
//   value: number
CALL gds.closeness.stream($graph, {useWassermanFaust: true}) YIELD nodeId, score
RETURN nodeId AS row, score AS value
ORDER BY row
