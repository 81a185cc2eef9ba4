// Notes a change by its key, in the transaction of the change itself.
// mode: write
// parameters:
//   id: text
//   name: text
//   at: text
MERGE (c:Change {id: $id})
SET c.name = $name, c.at = $at
