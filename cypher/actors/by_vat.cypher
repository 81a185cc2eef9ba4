// The actors with this VAT number, by id: one, or none; several where sources gave it to more than one entry.
// mode: read
// parameters:
//   vat: text
// columns:
//   id: text
MATCH (a:Actor)
WHERE a.vat = $vat
RETURN a.id AS id
ORDER BY a.id
