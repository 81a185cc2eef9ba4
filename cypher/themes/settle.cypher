// Gives each stale theme the values that its descriptions say, those of the first file in precedence that has one.
// mode: write
// seconds: 120
MATCH (n:Theme {stale: true})
OPTIONAL MATCH (n)<-[:DESCRIBES]-(d:Description)
WITH n, d ORDER BY d.rank, d.file
WITH n, head(collect(d.name)) AS name,
        head(collect(d.name_fi)) AS name_fi,
        head(collect(d.name_sv)) AS name_sv,
        head(collect(d.name_en)) AS name_en
SET n.name = coalesce(name, n.id), n.name_fi = name_fi, n.name_sv = name_sv, n.name_en = name_en,
    n.stale = false
