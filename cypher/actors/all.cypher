// Every actor with its place, by id.
// mode: read
// seconds: 60
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
MATCH (a:Actor)
OPTIONAL MATCH (a)-[:LOCATED_IN]->(p:Place)
RETURN a.id AS id, a.name AS name, a.kind AS kind, a.names AS names, a.business_id AS business_id, a.vat AS vat,
       a.pic AS pic, a.ror AS ror, a.isni AS isni, a.wikidata AS wikidata, p.id AS place, a.website AS website,
       a.description AS description, a.source AS source, a.attributes AS attributes
ORDER BY a.id
