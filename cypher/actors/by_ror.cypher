// The actors with this ROR id, by id: one, or none; several where sources gave it to more than one entry.
// mode: read
// parameters:
//   ror: text
// columns:
//   id: text
MATCH (a:Actor)
WHERE a.ror = $ror
RETURN a.id AS id
ORDER BY a.id
