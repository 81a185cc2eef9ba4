// The actors with this business id, by id: one, or none; several where sources gave it to more than one entry.
// mode: read
// parameters:
//   business_id: text
// columns:
//   id: text
MATCH (a:Actor)
WHERE a.business_id = $business_id
RETURN a.id AS id
ORDER BY a.id
