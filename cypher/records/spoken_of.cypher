// Which actors and collaborations the rows of one source speak of, alone or together.
// mode: read
// seconds: 60
// parameters:
//   source: text
// columns:
//   actor: text?
//   collaboration: text?
MATCH (r:Record {source: $source})
WITH DISTINCT r.actor AS actor, r.collaboration AS collaboration
RETURN actor, collaboration
ORDER BY coalesce(actor, ''), coalesce(collaboration, '')
