// Sets the revision to the number of changes: the last step of every change. Repeating it changes nothing.
// The first change also notes the format in which the graph is written; it stays what it was.
// mode: write
// parameters:
//   format: integer
MATCH (c:Change)
WITH count(c) AS changes
MERGE (r:Revision {id: 'graph'})
SET r.name = 'graph', r.value = changes, r.format = coalesce(r.format, $format)
