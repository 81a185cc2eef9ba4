// Forgets what an earlier version of a file described and this one does not.
// mode: write
// seconds: 120
// parameters:
//   file: text
//   import: text
MATCH (d:Description {file: $file})
WHERE d.import <> $import
DETACH DELETE d
