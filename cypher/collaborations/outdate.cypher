// Marks as stale the collaborations that an earlier version of a file described and this one does not.
// mode: write
// seconds: 120
// parameters:
//   file: text
//   import: text
MATCH (d:Description {file: $file})-[:DESCRIBES]->(n:Collaboration)
WHERE d.import <> $import
SET n.stale = true
