// How many records speak of one collaboration.
// mode: read
// seconds: 30
// parameters:
//   id: text
// columns:
//   total: integer
MATCH (r:Record)
WHERE r.collaboration = $id
RETURN count(r) AS total
