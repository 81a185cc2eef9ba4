// Takes each place out of a parent it is no longer part of.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.parent: text
UNWIND $rows AS row
MATCH (child:Place {id: row.id})-[r:PART_OF]->(parent:Place)
WHERE parent.id <> row.parent
DELETE r
