// The actors with this PIC, by id: one, or none; several where sources gave it to more than one entry.
// mode: read
// parameters:
//   pic: text
// columns:
//   id: text
MATCH (a:Actor)
WHERE a.pic = $pic
RETURN a.id AS id
ORDER BY a.id
