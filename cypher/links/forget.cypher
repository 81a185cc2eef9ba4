// Forgets what an earlier version of a file said of how actors hang together.
// mode: write
// seconds: 120
// parameters:
//   file: text
//   import: text
MATCH (:Actor)-[l:SAME_AS|UNIT_OF|MEMBER_OF|SUCCEEDED_BY]->(:Actor)
WHERE l.file = $file AND l.import <> $import
DELETE l
