// How many records speak of some actors.
// mode: read
// seconds: 30
// parameters:
//   ids: list of text
// columns:
//   total: integer
MATCH (r:Record)
WHERE r.actor IN $ids
RETURN count(r) AS total
