// The last migration that was done in the graph; no row before the first change, null where none was done yet.
// mode: read
// columns:
//   migrated: integer?
MATCH (r:Revision {id: 'graph'})
RETURN r.migrated AS migrated
