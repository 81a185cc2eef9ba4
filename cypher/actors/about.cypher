// Which of some actors take part in a collaboration about a theme or one below it.
// mode: read
// seconds: 30
// parameters:
//   ids: list of text
//   theme: text?
//   as_of: iso date?
// columns:
//   id: text
MATCH (a:Actor)
WHERE a.id IN $ids
WITH a
WHERE EXISTS {
  MATCH (a)-[r:PARTICIPATES_IN]->(c:Collaboration)-[:ABOUT]->(:Theme)-[:PART_OF*0..8]->(:Theme {id: $theme})
  WHERE $as_of IS NULL OR (coalesce(r.starts, date($as_of)) <= date($as_of)
                           AND coalesce(c.starts, date($as_of)) <= date($as_of)) }
RETURN a.id AS id
ORDER BY a.id
