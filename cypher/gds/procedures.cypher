// The procedures of Graph Data Science that the server has; no row where it has none.
// mode: read
// columns:
//   name: text
SHOW PROCEDURES YIELD name WHERE name STARTS WITH 'gds.'
RETURN name
ORDER BY name
