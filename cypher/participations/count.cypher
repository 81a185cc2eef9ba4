// How many participations there are.
// mode: read
// seconds: 30
// columns:
//   total: integer
MATCH (:Actor)-[p:PARTICIPATES_IN]->(:Collaboration)
RETURN count(DISTINCT p.claim) AS total
