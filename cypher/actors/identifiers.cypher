// The identifiers of every actor, by id: what a matcher compares with.
// mode: read
// seconds: 60
// columns:
//   id: text
//   business_id: text?
//   vat: text?
//   pic: text?
//   ror: text?
//   isni: text?
//   wikidata: text?
MATCH (a:Actor)
RETURN a.id AS id, a.business_id AS business_id, a.vat AS vat, a.pic AS pic, a.ror AS ror,
       a.isni AS isni, a.wikidata AS wikidata
ORDER BY a.id
