// Sets the revision to the number of changes: the last step of every change. Repeating it changes nothing.
// mode: write
MATCH (c:Change)
WITH count(c) AS changes
MERGE (r:Revision {id: 'graph'})
SET r.name = 'graph', r.value = changes
