// Takes the stale places out of their parents; join_parent puts them where their descriptions say.
// mode: write
// seconds: 120
MATCH (n:Place {stale: true})-[r:PART_OF]->(:Place)
DELETE r
