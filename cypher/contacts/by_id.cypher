// One contact person, if it stands.
// mode: read
// parameters:
//   id: text
// columns:
//   id: text
//   actor: text
//   name: text
//   role: text
//   email: text
//   phone: text
//   purpose: text
//   until: date
//   source: text
MATCH (c:Contact {id: $id})
WHERE c.stands = true
RETURN c.id AS id, c.actor AS actor, c.name AS name, c.role AS role, c.email AS email, c.phone AS phone,
       c.purpose AS purpose, c.until AS until, c.source AS source
