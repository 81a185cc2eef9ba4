// The records that speak of one collaboration, by source, sheet and row.
// mode: read
// parameters:
//   id: text
// columns:
//   id: text
//   source: text
//   sheet: text
//   row: integer
//   values: json text
//   actor: text?
//   collaboration: text?
MATCH (r:Record {collaboration: $id})
RETURN r.id AS id, r.source AS source, r.sheet AS sheet, r.row AS row, r.values AS values, r.actor AS actor,
       r.collaboration AS collaboration
ORDER BY r.source, r.sheet, r.row, r.id
