// Marks as stale the actors that an earlier version of a file described and this one does not.
// mode: write
// seconds: 120
// parameters:
//   file: text
//   import: text
MATCH (d:Description {file: $file})-[:DESCRIBES]->(n:Actor)
WHERE d.import <> $import
SET n.stale = true
