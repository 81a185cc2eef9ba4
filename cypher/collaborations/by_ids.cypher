// The collaborations with these ids, by id; an id that none has gives no row.
// mode: read
// parameters:
//   ids: list of text
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
UNWIND $ids AS wanted
MATCH (c:Collaboration {id: wanted})
OPTIONAL MATCH (c)-[:ABOUT]->(t:Theme)
WITH c, collect(DISTINCT t.id) AS themes
RETURN c.id AS id, c.name AS name, c.long_name AS long_name, c.kind AS kind, c.starts AS starts, c.ends AS ends,
       c.programme AS programme, c.topic AS topic, themes, c.website AS website, c.source AS source,
       c.attributes AS attributes
ORDER BY c.id
