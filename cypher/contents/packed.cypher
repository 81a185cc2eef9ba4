// One kept content.
// mode: read
// seconds: 30
// parameters:
//   id: text
// columns:
//   packed: text
MATCH (c:Content {id: $id})
RETURN c.packed AS packed
