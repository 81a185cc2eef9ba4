// What a search for actors looks at, of every actor, by sort name and id; the rest is read of those that it shows.
// mode: read
// seconds: 60
// columns:
//   id: text
//   sort_name: text
//   kind: text
//   place: text?
//   search: text
MATCH (a:Actor)
OPTIONAL MATCH (a)-[:LOCATED_IN]->(p:Place)
RETURN a.id AS id, a.sort_name AS sort_name, a.kind AS kind, p.id AS place, coalesce(a.search, '') AS search
ORDER BY a.sort_name, a.id
