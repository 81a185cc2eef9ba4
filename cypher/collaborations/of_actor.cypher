// The collaborations that one actor takes part in, or had begun to by a day.
// mode: read
// parameters:
//   actor: text?
//   as_of: iso date?
// columns:
//   id: text
MATCH (:Actor {id: $actor})-[r:PARTICIPATES_IN]->(c:Collaboration)
WHERE $as_of IS NULL OR coalesce(r.starts, date($as_of)) <= date($as_of)
RETURN DISTINCT c.id AS id
ORDER BY id
