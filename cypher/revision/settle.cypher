// Sets the revision to the number of changes: the last step of every change. Repeating it changes nothing.
// The first change also notes the format in which the graph is written, and the migrations that it has no need of; both
// stay what they were.
// mode: write
// parameters:
//   format: integer
//   migrated: integer
MATCH (c:Change)
WITH count(c) AS changes
MERGE (r:Revision {id: 'graph'})
SET r.name = 'graph', r.value = changes, r.format = coalesce(r.format, $format),
    r.migrated = coalesce(r.migrated, $migrated)
