// Takes each actor out of a place it has moved away from.
// A place that only surrounds the known one says less, not otherwise: then the narrower stays.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.place: text
UNWIND $rows AS row
MATCH (a:Actor {id: row.id})-[r:LOCATED_IN]->(p:Place)
WHERE p.id <> row.place AND NOT EXISTS { MATCH (p)-[:PART_OF*1..8]->(:Place {id: row.place}) }
DELETE r
