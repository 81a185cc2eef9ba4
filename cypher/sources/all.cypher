// Every source, by id.
// mode: read
// columns:
//   id: text
//   name: text
//   stated: date?
//   address: text?
//   publisher: text?
//   terms: text?
MATCH (s:Source)
RETURN s.id AS id, s.name AS name, s.stated AS stated, s.address AS address, s.publisher AS publisher, s.terms AS terms
ORDER BY s.id
