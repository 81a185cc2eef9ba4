// Takes the stale themes out of their parents; join_parent puts them where their descriptions say.
// mode: write
// seconds: 120
MATCH (n:Theme {stale: true})-[r:PART_OF]->(:Theme)
DELETE r
