// Gives a contact person that stands another last day.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.until: iso date
UNWIND $rows AS row
MATCH (c:Contact {id: row.id})
WHERE c.stands = true
SET c.until = date(row.until)
