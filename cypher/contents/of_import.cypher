// The kept contents of one import, in the order in which they were written.
// mode: read
// seconds: 30
// parameters:
//   import: text
// columns:
//   id: text
//   name: text
MATCH (c:Content {import: $import})
RETURN c.id AS id, c.name AS name
ORDER BY c.number, c.id
