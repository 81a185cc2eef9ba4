// How many themes there are.
// mode: read
// columns:
//   total: integer
MATCH (n:Theme)
RETURN count(n) AS total
