// How many collaborations there are of each kind.
// mode: read
// seconds: 30
// columns:
//   kind: text
//   total: integer
MATCH (c:Collaboration)
RETURN c.kind AS kind, count(c) AS total
ORDER BY kind
