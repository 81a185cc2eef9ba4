// Takes the write lock of the graph: the first step of every change, so that changes follow one another.
// mode: write
// parameters:
//   change: text
MERGE (r:Revision {id: 'graph'})
SET r.name = 'graph', r.touched_by = $change
