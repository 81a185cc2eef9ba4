// What each file says of one actor, in the order of precedence.
// mode: read
// parameters:
//   id: text
// columns:
//   file: text
//   name: text
//   kind: text?
//   business_id: text?
//   vat: text?
//   pic: text?
//   ror: text?
//   isni: text?
//   wikidata: text?
//   place: text?
//   website: text?
//   description: text?
//   names: json text?
//   attributes: json text?
MATCH (:Actor {id: $id})<-[:DESCRIBES]-(d:Description)
RETURN d.file AS file, d.name AS name, d.kind AS kind, d.business_id AS business_id, d.vat AS vat, d.pic AS pic,
       d.ror AS ror, d.isni AS isni, d.wikidata AS wikidata, d.place AS place, d.website AS website,
       d.description AS description, d.names AS names, d.attributes AS attributes
ORDER BY d.rank, d.file
