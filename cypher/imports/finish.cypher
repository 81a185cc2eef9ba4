// Notes that an import is complete.
// mode: write
// parameters:
//   id: text
//   finished: text
MATCH (i:Import {id: $id})
SET i.finished = $finished
