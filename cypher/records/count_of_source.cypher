// How many records one source has.
// mode: read
// seconds: 30
// parameters:
//   source: text
// columns:
//   total: integer
MATCH (r:Record {source: $source})
RETURN count(r) AS total
