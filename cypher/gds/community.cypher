// Number of the community that each row is in, of any numbering, by Leiden on weights; with a seed there is one thread.
// mode: read
// seconds: 300
// parameters:
//   graph: text
//   seed: integer
// columns:
//   row: integer
//   value: integer
CALL gds.leiden.stream($graph, {relationshipWeightProperty: 'weight', randomSeed: $seed, concurrency: 1}) YIELD nodeId, communityId
RETURN nodeId AS row, communityId AS value
ORDER BY row
