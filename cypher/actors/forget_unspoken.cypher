// Removes the actors that nothing describes and no record, participation or link speaks of any more.
// mode: write
// seconds: 120
MATCH (a:Actor)
WHERE NOT EXISTS { MATCH (a)<-[:DESCRIBES]-(:Description) }
WITH a
WHERE NOT EXISTS { MATCH (a)-[:PARTICIPATES_IN]->(:Collaboration) }
  AND NOT EXISTS { MATCH (a)-[:SAME_AS|UNIT_OF|MEMBER_OF|SUCCEEDED_BY]-(:Actor) }
OPTIONAL MATCH (r:Record)
WHERE r.actor = a.id
WITH a, count(r) AS spoken
WHERE spoken = 0
DETACH DELETE a
