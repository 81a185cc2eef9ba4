// Rows of sources as they came. sort_name: what puts the rows of all sources into one order.
// A row that is there just so is only marked as said again: most rows of a newer version of a file are.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.name: text
//   rows.sort_name: text
//   rows.source: text
//   rows.sheet: text
//   rows.row: integer
//   rows.values: json text
//   rows.actor: text?
//   rows.collaboration: text?
//   rows.import: text
UNWIND $rows AS row
MERGE (r:Record {id: row.id})
SET r.import = row.import
WITH r, row
WHERE r.values IS NULL OR r.values <> row.values OR r.name <> row.name
   OR coalesce(r.actor, '') <> coalesce(row.actor, '') OR coalesce(r.collaboration, '') <> coalesce(row.collaboration, '')
SET r.name = row.name, r.sort_name = row.sort_name, r.source = row.source, r.sheet = row.sheet, r.row = row.row,
    r.values = row.values, r.actor = row.actor, r.collaboration = row.collaboration
