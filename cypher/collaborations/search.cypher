// One page of the collaborations that match, by sort name and id, after the one that ended the page before.
// An undated one is active on no day; one with a single date is taken to run on beyond it.
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
//   after_name: text?
//   after_id: text?
//   limit: integer
// columns:
//   id: text
//   name: text
//   long_name: text?
//   kind: text
//   starts: date?
//   ends: date?
//   programme: text?
//   topic: text?
//   themes: list of text
//   website: text?
//   source: text?
//   attributes: json text
//   sort_name: text
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
  AND ($after_name IS NULL OR c.sort_name > $after_name OR (c.sort_name = $after_name AND c.id > $after_id))
WITH c ORDER BY c.sort_name, c.id LIMIT $limit
OPTIONAL MATCH (c)-[:ABOUT]->(t:Theme)
WITH c, collect(DISTINCT t.id) AS themes
RETURN c.id AS id, c.name AS name, c.long_name AS long_name, c.kind AS kind, c.starts AS starts, c.ends AS ends,
       c.programme AS programme, c.topic AS topic, themes, c.website AS website, c.source AS source,
       c.attributes AS attributes, c.sort_name AS sort_name
ORDER BY c.sort_name, c.id
