// Gives each stale source the values that its descriptions say, those of the first file in precedence that has one.
// mode: write
// seconds: 120
MATCH (n:Source {stale: true})
OPTIONAL MATCH (n)<-[:DESCRIBES]-(d:Description)
WITH n, d ORDER BY d.rank, d.file
WITH n, head(collect(d.name)) AS name,
        head(collect(d.stated)) AS stated,
        head(collect(d.address)) AS address,
        head(collect(d.publisher)) AS publisher,
        head(collect(d.terms)) AS terms
SET n.name = coalesce(name, n.id), n.stated = date(stated), n.address = address, n.publisher = publisher, n.terms = terms,
    n.stale = false
