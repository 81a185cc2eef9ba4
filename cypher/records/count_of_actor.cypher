// How many records speak of some actors.
// mode: read
// seconds: 30
// parameters:
//   ids: list of text
// columns:
//   total: integer
UNWIND $ids AS wanted
MATCH (r:Record {actor: wanted})
RETURN count(r) AS total
