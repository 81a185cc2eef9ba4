// How many actors match a search.
// mode: read
// seconds: 10
// parameters:
//   terms: list of text
//   kinds: list of text
//   place: text?
//   theme: text?
//   as_of: iso date?
//   source: text?
//   apart: list of text
//   also: list of text
// columns:
//   total: integer
MATCH (a:Actor)
WHERE (a.id IN $also OR (NOT a.id IN $apart
  AND all(term IN $terms WHERE a.search CONTAINS term)
  AND (size($kinds) = 0 OR a.kind IN $kinds)
  AND ($place IS NULL OR EXISTS {
    MATCH (a)-[:LOCATED_IN]->(:Place)-[:PART_OF*0..8]->(:Place {id: $place}) })
  AND ($source IS NULL OR EXISTS { MATCH (a)<-[:DESCRIBES]-(:Description {file: $source}) }
    OR EXISTS { MATCH (a)-[:PARTICIPATES_IN {source: $source}]->(:Collaboration) })
  AND ($theme IS NULL OR EXISTS {
    MATCH (a)-[r:PARTICIPATES_IN]->(c:Collaboration)-[:ABOUT]->(:Theme)-[:PART_OF*0..8]->(:Theme {id: $theme})
    WHERE $as_of IS NULL OR (coalesce(r.starts, date($as_of)) <= date($as_of)
                             AND coalesce(c.starts, date($as_of)) <= date($as_of)) })))
RETURN count(a) AS total
