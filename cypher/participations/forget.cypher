// Forgets what an earlier version of a file said of who takes part.
// mode: write
// seconds: 120
// parameters:
//   file: text
//   import: text
MATCH (:Actor)-[p:PARTICIPATES_IN {file: $file}]->(:Collaboration)
WHERE p.import <> $import
DELETE p
