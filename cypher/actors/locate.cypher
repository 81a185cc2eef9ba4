// Puts each stale actor into the place that its descriptions say: that of the first with one, or, where another file
// is more exact, the narrowest inside it.
// mode: write
// seconds: 120
MATCH (a:Actor {stale: true})<-[:DESCRIBES]-(d:Description)
WITH a, d ORDER BY d.rank, d.file
WITH a, collect(d.place) AS places
WITH a, places, head(places) AS first
UNWIND places AS place
MATCH way = (p:Place {id: place})-[:PART_OF*0..8]->(:Place {id: first})
WITH a, p, length(way) AS depth ORDER BY depth DESC, p.id
WITH a, head(collect(p.id)) AS exact
MATCH (p:Place {id: exact})
MERGE (a)-[:LOCATED_IN]->(p)
