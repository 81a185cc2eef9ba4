// Removes the themes that nothing describes and no collaboration or narrower theme speaks of any more.
// mode: write
// seconds: 120
MATCH (t:Theme)
WHERE NOT EXISTS { MATCH (t)<-[:DESCRIBES]-(:Description) }
WITH t
WHERE NOT EXISTS { MATCH (t)<-[:PART_OF*0..8]-(:Theme)<-[:ABOUT]-(:Collaboration) }
  AND NOT EXISTS { MATCH (t)<-[:PART_OF*1..8]-(:Theme)<-[:DESCRIBES]-(:Description) }
DETACH DELETE t
