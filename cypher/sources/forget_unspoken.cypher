// Removes the sources that nothing describes any more.
// mode: write
// seconds: 120
MATCH (s:Source)
WHERE NOT EXISTS { MATCH (s)<-[:DESCRIBES]-(:Description) }
DETACH DELETE s
