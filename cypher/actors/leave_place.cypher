// Takes each actor out of a place it has moved away from, as the file that describes it or a person says.
// Another file may only be more exact: name a place inside the known one.
// A place that only surrounds the known one says less, not otherwise: then the narrower stays.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.place: text
//   rows.file: text
UNWIND $rows AS row
MATCH (a:Actor {id: row.id})-[r:LOCATED_IN]->(p:Place)
WHERE p.id <> row.place AND NOT EXISTS { MATCH (p)-[:PART_OF*1..8]->(:Place {id: row.place}) }
  AND (row.file IN ['', a.file] OR EXISTS { MATCH (:Place {id: row.place})-[:PART_OF*1..8]->(p) })
DELETE r
