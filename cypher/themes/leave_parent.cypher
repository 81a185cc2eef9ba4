// Takes each theme out of a parent it is no longer part of.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.parent: text
UNWIND $rows AS row
MATCH (child:Theme {id: row.id})-[r:PART_OF]->(parent:Theme)
WHERE parent.id <> row.parent
DELETE r
