// The records that speak of one collaboration, by source, sheet and row, after the one that ended the page before.
// Only their places are sorted, and the rows of the page read after that: a source may have a hundred thousand.
// mode: read
// seconds: 30
// parameters:
//   id: text
//   after_name: text?
//   after_id: text?
//   limit: integer
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
MATCH (r:Record)
WHERE r.collaboration = $id
WITH r
WHERE $after_name IS NULL OR r.sort_name > $after_name OR (r.sort_name = $after_name AND r.id > $after_id)
WITH r.id AS id, r.sort_name AS place ORDER BY place, id LIMIT $limit
MATCH (r:Record {id: id})
RETURN r.id AS id, r.source AS source, r.sheet AS sheet, r.row AS row, r.values AS values, r.actor AS actor,
       r.collaboration AS collaboration, r.import AS import, r.sort_name AS sort_name
ORDER BY r.sort_name, r.id
