// Removes the actors of earlier imports that no record, participation or link speaks of any more.
// Actors that no import brought, and those of the import that finishes now, stay.
// mode: write
// seconds: 120
// parameters:
//   import: text
MATCH (a:Actor)
WHERE a.import IS NOT NULL AND a.import <> $import
WITH a
WHERE NOT EXISTS { MATCH (a)-[:PARTICIPATES_IN]->(:Collaboration) }
  AND NOT EXISTS { MATCH (a)-[:SAME_AS|UNIT_OF|MEMBER_OF|SUCCEEDED_BY]-(:Actor) }
  AND NOT EXISTS { MATCH (r:Record {actor: a.id}) }
DETACH DELETE a
