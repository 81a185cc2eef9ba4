// Says in the descriptions of a file where actors are.
// A place that only surrounds the one which the same file named says less, not otherwise: then the narrower stays.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.place: text
UNWIND $rows AS row
MATCH (d:Description {id: row.id})
WHERE d.place IS NULL OR NOT EXISTS { MATCH (:Place {id: d.place})-[:PART_OF*1..8]->(:Place {id: row.place}) }
SET d.place = row.place
