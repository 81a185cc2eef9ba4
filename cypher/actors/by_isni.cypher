// The actors with this ISNI, by id: one, or none; several where sources gave it to more than one entry.
// mode: read
// parameters:
//   isni: text
// columns:
//   id: text
MATCH (a:Actor)
WHERE a.isni = $isni
RETURN a.id AS id
ORDER BY a.id
