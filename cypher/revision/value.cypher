// The graph's revision; no row before the first change.
// mode: read
// columns:
//   value: integer
MATCH (r:Revision {id: 'graph'})
RETURN coalesce(r.value, 0) AS value
