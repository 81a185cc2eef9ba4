// Hand a network of rows to Graph Data Science, as a graph of its own in the server's memory: tie by tie the rows of its
// two ends and its weight. The other end of an actor without ties is -1.
// mode: read
// seconds: 300
// parameters:
//   graph: text
//   ones: list of integer
//   others: list of integer
//   weights: list of number
// columns:
//   nodes: integer
UNWIND range(0, size($ones) - 1) AS at
WITH gds.graph.project(
       $graph, $ones[at], CASE WHEN $others[at] < 0 THEN null ELSE $others[at] END,
       {relationshipProperties: {weight: $weights[at]}}, {undirectedRelationshipTypes: ['*']}
     ) AS made
RETURN made.nodeCount AS nodes
