// How many links there are.
// mode: read
// seconds: 30
// columns:
//   total: integer
MATCH (:Actor)-[l:SAME_AS|UNIT_OF|MEMBER_OF|SUCCEEDED_BY]->(:Actor)
RETURN count(DISTINCT l.claim) AS total
