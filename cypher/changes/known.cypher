// Whether a change is in the graph already.
// mode: read
// parameters:
//   id: text
// columns:
//   id: text
MATCH (c:Change {id: $id})
RETURN c.id AS id
