// Migration 2: the claims that somebody is a customer from a day on, each as one file makes it, with the id that it has.
// mode: read
// seconds: 120
// columns:
//   id: text
//   claim: text
//   file: text
//   actor: text
//   collaboration: text
//   source: text
//   starts: date
MATCH (a:Actor)-[p:PARTICIPATES_IN {role: 'customer'}]->(c:Collaboration)
WHERE p.starts IS NOT NULL
RETURN p.id AS id, p.claim AS claim, p.file AS file, a.id AS actor, c.id AS collaboration, p.source AS source,
       p.starts AS starts
ORDER BY p.id
