// Removes the places that nothing describes and no actor or narrower place speaks of any more.
// mode: write
// seconds: 120
MATCH (p:Place)
WHERE NOT EXISTS { MATCH (p)<-[:DESCRIBES]-(:Description) }
WITH p
WHERE NOT EXISTS { MATCH (p)<-[:PART_OF*0..8]-(:Place)<-[:LOCATED_IN]-(:Actor) }
  AND NOT EXISTS { MATCH (p)<-[:PART_OF*1..8]-(:Place)<-[:DESCRIBES]-(:Description) }
DETACH DELETE p
