// The contact persons of some entries that stand and have not had their time, by name.
// mode: read
// parameters:
//   actors: list of text
//   day: iso date
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
MATCH (c:Contact)
WHERE c.actor IN $actors AND c.stands = true AND c.until >= date($day)
RETURN c.id AS id, c.actor AS actor, c.name AS name, c.role AS role, c.email AS email, c.phone AS phone,
       c.purpose AS purpose, c.until AS until, c.source AS source
ORDER BY c.name, c.id
