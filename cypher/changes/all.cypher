// Every change that the graph holds, with the revision it had with it; null before migration 1.
// mode: read
// seconds: 30
// columns:
//   id: text
//   name: text
//   at: text
//   by: text?
//   reason: text?
//   revision: integer?
MATCH (c:Change)
RETURN c.id AS id, c.name AS name, c.at AS at, c.by AS by, c.reason AS reason, c.revision AS revision
ORDER BY c.at, c.id
