// Removes the collaborations that nothing describes and no record or participation speaks of any more.
// mode: write
// seconds: 120
MATCH (c:Collaboration)
WHERE NOT EXISTS { MATCH (c)<-[:DESCRIBES]-(:Description) }
WITH c
WHERE NOT EXISTS { MATCH (c)<-[:PARTICIPATES_IN]-(:Actor) }
OPTIONAL MATCH (r:Record)
WHERE r.collaboration = c.id
WITH c, count(r) AS spoken
WHERE spoken = 0
DETACH DELETE c
