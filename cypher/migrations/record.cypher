// Notes that a migration was done, in the transaction of its last step. A later one that is noted stays.
// mode: write
// parameters:
//   number: integer
MERGE (r:Revision {id: 'graph'})
SET r.name = 'graph', r.migrated = CASE WHEN coalesce(r.migrated, 0) < $number THEN $number ELSE r.migrated END
