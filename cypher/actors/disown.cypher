// Lets go of the actors that this file described and no longer does: the next file that speaks of them describes them.
// mode: write
// seconds: 120
// parameters:
//   file: text
//   import: text
MATCH (a:Actor {file: $file})
WHERE a.import <> $import
SET a.file = null
