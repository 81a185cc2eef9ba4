// How many collaborations match a search.
// mode: read
// seconds: 10
// parameters:
//   terms: list of text
//   kinds: list of text
//   theme: text?
//   actor: text?
//   active_on: iso date?
//   as_of: iso date?
//   source: text?
// columns:
//   total: integer
MATCH (c:Collaboration)
WHERE all(term IN $terms WHERE c.search CONTAINS term)
  AND (size($kinds) = 0 OR c.kind IN $kinds)
  AND ($theme IS NULL OR EXISTS {
    MATCH (c)-[:ABOUT]->(:Theme)-[:PART_OF*0..8]->(:Theme {id: $theme}) })
  AND ($source IS NULL OR EXISTS { MATCH (c)<-[:DESCRIBES]-(:Description {file: $source}) }
    OR EXISTS { MATCH (c)<-[:PARTICIPATES_IN {source: $source}]-(:Actor) })
  AND ($actor IS NULL OR EXISTS {
    MATCH (c)<-[r:PARTICIPATES_IN]-(:Actor {id: $actor})
    WHERE $as_of IS NULL OR coalesce(r.starts, date($as_of)) <= date($as_of) })
  AND ($as_of IS NULL OR coalesce(c.starts, date($as_of)) <= date($as_of))
  AND ($active_on IS NULL OR (
    coalesce(c.starts, c.ends) IS NOT NULL
    AND (c.starts IS NULL OR c.starts <= date($active_on))
    AND (c.ends IS NULL OR c.ends >= date($active_on))))
RETURN count(c) AS total
