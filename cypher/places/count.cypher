// How many places there are.
// mode: read
// columns:
//   total: integer
MATCH (n:Place)
RETURN count(n) AS total
