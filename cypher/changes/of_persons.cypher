// The changes that persons made, with who and why, oldest first.
// mode: read
// seconds: 30
// columns:
//   id: text
//   name: text
//   at: text
//   by: text
//   reason: text?
MATCH (c:Change)
WHERE c.by IS NOT NULL
RETURN c.id AS id, c.name AS name, c.at AS at, c.by AS by, c.reason AS reason
ORDER BY c.at, c.id
