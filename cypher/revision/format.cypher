// The format in which the graph is written; no row before the first change, null where it is older than such numbers.
// mode: read
// columns:
//   format: integer?
MATCH (r:Revision {id: 'graph'})
RETURN r.format AS format
