// Give back the memory of a graph that was handed over; nothing happens where there is none.
// mode: read
// parameters:
//   graph: text
// columns:
//   name: text
CALL gds.graph.drop($graph, false) YIELD graphName
RETURN graphName AS name
