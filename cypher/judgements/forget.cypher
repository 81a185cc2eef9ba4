// Forgets what the matching of an earlier version of a file said.
// mode: write
// seconds: 120
// parameters:
//   file: text
//   import: text
MATCH (p:Proposal {file: $file})
WHERE p.import <> $import
DELETE p
