// Every theme with its parent, by id.
// mode: read
// columns:
//   id: text
//   name: text
//   name_fi: text?
//   name_sv: text?
//   name_en: text?
//   parent: text?
MATCH (t:Theme)
OPTIONAL MATCH (t)-[:PART_OF]->(parent:Theme)
RETURN t.id AS id, t.name AS name, t.name_fi AS name_fi, t.name_sv AS name_sv, t.name_en AS name_en, parent.id AS parent
ORDER BY t.id
