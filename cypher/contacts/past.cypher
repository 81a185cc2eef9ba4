// The contact persons that have had their time, whether they stand or not.
// mode: read
// parameters:
//   day: iso date
// columns:
//   id: text
MATCH (c:Contact)
WHERE c.until < date($day)
RETURN c.id AS id
ORDER BY c.id
