// Every participation, by collaboration, actor, source and role; a claim that several files make once for each, by precedence.
// mode: read
// seconds: 60
// columns:
//   actor: text
//   collaboration: text
//   role: text
//   source: text
//   starts: date?
//   ends: date?
//   amount: decimal text?
//   currency: text?
//   record: text?
//   attributes: json text?
MATCH (a:Actor)-[p:PARTICIPATES_IN]->(c:Collaboration)
RETURN a.id AS actor, c.id AS collaboration, p.role AS role, p.source AS source, p.starts AS starts, p.ends AS ends,
       p.amount AS amount, p.currency AS currency, p.record AS record, p.attributes AS attributes
ORDER BY c.id, a.id, p.source, p.role, p.rank, p.file, p.id
