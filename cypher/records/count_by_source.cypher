// How many records each source has.
// mode: read
// seconds: 30
// columns:
//   source: text
//   total: integer
MATCH (r:Record)
RETURN r.source AS source, count(r) AS total
ORDER BY source
