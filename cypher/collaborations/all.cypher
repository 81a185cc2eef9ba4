// Every collaboration with its themes, by id.
// mode: read
// seconds: 60
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
MATCH (c:Collaboration)
OPTIONAL MATCH (c)-[:ABOUT]->(t:Theme)
WITH c, collect(DISTINCT t.id) AS themes
RETURN c.id AS id, c.name AS name, c.long_name AS long_name, c.kind AS kind, c.starts AS starts, c.ends AS ends,
       c.programme AS programme, c.topic AS topic, themes, c.website AS website, c.source AS source,
       c.attributes AS attributes
ORDER BY c.id
