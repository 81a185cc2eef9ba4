// Gives each stale place the values that its descriptions say, those of the first file in precedence that has one.
// mode: write
// seconds: 120
MATCH (n:Place {stale: true})
OPTIONAL MATCH (n)<-[:DESCRIBES]-(d:Description)
WITH n, d ORDER BY d.rank, d.file
WITH n, head(collect(d.name)) AS name,
        head(collect(d.kind)) AS kind
SET n.name = coalesce(name, n.id), n.kind = coalesce(kind, 'municipality'),
    n.stale = false
