// Which of these ids belong to a source in the graph.
// mode: read
// parameters:
//   ids: list of text
// columns:
//   id: text
UNWIND $ids AS wanted
MATCH (n:Source {id: wanted})
RETURN n.id AS id
ORDER BY n.id
