// One page of the actors that match, by sort name and id, after the one that ended the page before.
// terms are folded words that must all occur; a place or theme means all that is below it too.
// apart: entries of bodies that unite several, which are matched elsewhere; also: those of these bodies that match.
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
//   after_name: text?
//   after_id: text?
//   limit: integer
// columns:
//   id: text
//   name: text
//   kind: text
//   names: json text
//   business_id: text?
//   vat: text?
//   pic: text?
//   ror: text?
//   isni: text?
//   wikidata: text?
//   place: text?
//   website: text?
//   description: text?
//   source: text?
//   attributes: json text
//   sort_name: text
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
  AND ($after_name IS NULL OR a.sort_name > $after_name OR (a.sort_name = $after_name AND a.id > $after_id))
WITH a ORDER BY a.sort_name, a.id LIMIT $limit
OPTIONAL MATCH (a)-[:LOCATED_IN]->(p:Place)
RETURN a.id AS id, a.name AS name, a.kind AS kind, a.names AS names, a.business_id AS business_id, a.vat AS vat,
       a.pic AS pic, a.ror AS ror, a.isni AS isni, a.wikidata AS wikidata, p.id AS place, a.website AS website,
       a.description AS description, a.source AS source, a.attributes AS attributes, a.sort_name AS sort_name
ORDER BY a.sort_name, a.id
