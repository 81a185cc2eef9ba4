// Removes the collaborations of earlier imports that no record or participation speaks of any more.
// Those that no import brought, and those of the import that finishes now, stay.
// mode: write
// seconds: 120
// parameters:
//   import: text
MATCH (c:Collaboration)
WHERE c.import IS NOT NULL AND c.import <> $import
WITH c
WHERE NOT EXISTS { MATCH (c)<-[:PARTICIPATES_IN]-(:Actor) }
  AND NOT EXISTS { MATCH (r:Record {collaboration: c.id}) }
DETACH DELETE c
