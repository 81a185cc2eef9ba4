// The two ends of each tie without which its piece falls apart.
// mode: read
// seconds: 60
// parameters:
//   graph: text
// columns:
//   one: integer
//   other: integer
CALL gds.bridges.stream($graph) YIELD from, to
RETURN from AS one, to AS other
ORDER BY one, other
