// Makes the actors that a put-back version of a file refers to, where nothing describes them any more.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
UNWIND $rows AS row
MERGE (n:Actor {id: row.id})
SET n.name = coalesce(n.name, row.id), n.stale = coalesce(n.stale, true)
