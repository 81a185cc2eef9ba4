// How many actors there are of each kind.
// mode: read
// seconds: 30
// columns:
//   kind: text
//   total: integer
MATCH (a:Actor)
RETURN a.kind AS kind, count(a) AS total
ORDER BY kind
