// Takes back what an earlier version of a file said collaborations are about.
// mode: write
// seconds: 120
// parameters:
//   file: text
//   import: text
MATCH (:Collaboration)-[r:ABOUT {file: $file}]->(:Theme)
WHERE r.import <> $import
DELETE r
