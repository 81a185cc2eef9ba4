// The changes from one revision on, that of the revision itself first.
// mode: read
// parameters:
//   revision: integer
// columns:
//   id: text
//   at: text
//   revision: integer
MATCH (c:Change)
WHERE c.revision >= $revision
RETURN c.id AS id, c.at AS at, c.revision AS revision
ORDER BY c.revision, c.id
