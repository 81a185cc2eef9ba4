// Graphs that were handed over by a process that ended before it could give them back: those older than a day.
// mode: read
// parameters:
//   prefix: text
// columns:
//   name: text
CALL gds.graph.list() YIELD graphName, creationTime
WITH graphName, creationTime
WHERE graphName STARTS WITH $prefix AND creationTime < datetime() - duration('P1D')
RETURN graphName AS name
ORDER BY name
