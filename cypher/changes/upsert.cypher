// Notes a change by its key, in the transaction of the change itself; who made it and why, where a person did.
// mode: write
// parameters:
//   id: text
//   name: text
//   at: text
//   by: text?
//   reason: text?
MERGE (c:Change {id: $id})
SET c.name = $name, c.at = $at, c.by = $by, c.reason = $reason
