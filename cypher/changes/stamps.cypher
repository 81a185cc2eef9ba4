// Which changes the graph holds and when each was made: together they tell this graph from any other, also from a copy
// of it that went on differently.
// mode: read
// seconds: 30
// columns:
//   id: text
//   at: text
MATCH (c:Change)
RETURN c.id AS id, c.at AS at
ORDER BY c.id
