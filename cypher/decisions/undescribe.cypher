// Takes back what a person said of a collaboration; marks the collaboration as stale.
// mode: write
// parameters:
//   file: text
//   collaboration: text
MATCH (d:Description {file: $file})-[:DESCRIBES]->(c:Collaboration {id: $collaboration})
SET c.stale = true
DETACH DELETE d
