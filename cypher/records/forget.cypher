// Forgets the rows that a newer version of a file has no more.
// mode: write
// seconds: 120
// parameters:
//   file: text
//   import: text
MATCH (r:Record {source: $file})
WHERE r.import <> $import
DETACH DELETE r
