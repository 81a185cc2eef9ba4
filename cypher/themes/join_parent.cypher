// Puts each stale theme into the parent that the first description with one names.
// mode: write
// seconds: 120
MATCH (n:Theme {stale: true})<-[:DESCRIBES]-(d:Description)
WHERE d.parent IS NOT NULL
WITH n, d ORDER BY d.rank, d.file
WITH n, head(collect(d.parent)) AS wanted
MATCH (parent:Theme {id: wanted})
MERGE (n)-[:PART_OF]->(parent)
