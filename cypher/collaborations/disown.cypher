// Lets go of the collaborations that this file described and no longer does: the next file that speaks of them describes them.
// mode: write
// seconds: 120
// parameters:
//   file: text
//   import: text
MATCH (c:Collaboration {file: $file})
WHERE c.import <> $import
SET c.file = null
