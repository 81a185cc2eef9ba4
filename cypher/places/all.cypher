// Every place with its parent, by id.
// mode: read
// columns:
//   id: text
//   name: text
//   kind: text
//   parent: text?
MATCH (p:Place)
OPTIONAL MATCH (p)-[:PART_OF]->(parent:Place)
RETURN p.id AS id, p.name AS name, p.kind AS kind, parent.id AS parent
ORDER BY p.id
