// One record.
// mode: read
// parameters:
//   record: text
// columns:
//   id: text
//   source: text
//   sheet: text
//   row: integer
//   values: json text
//   actor: text?
//   collaboration: text?
//   import: text
//   sort_name: text
MATCH (r:Record {id: $record})
RETURN r.id AS id, r.source AS source, r.sheet AS sheet, r.row AS row, r.values AS values, r.actor AS actor,
       r.collaboration AS collaboration, r.import AS import, r.sort_name AS sort_name
