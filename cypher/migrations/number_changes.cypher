// Migration 1: gives changes of before revisions were noted the one that they had. A number that is there stays.
// mode: write
// seconds: 120
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.revision: integer
UNWIND $rows AS row
MATCH (c:Change {id: row.id})
SET c.revision = coalesce(c.revision, row.revision)
