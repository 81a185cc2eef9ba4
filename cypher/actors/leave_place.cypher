// Takes the stale actors out of their places; actors/locate puts them where their descriptions say.
// mode: write
// seconds: 120
MATCH (a:Actor {stale: true})-[r:LOCATED_IN]->(:Place)
DELETE r
