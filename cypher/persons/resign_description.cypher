// Takes a name out of what persons said of collaborations; marks the collaborations as stale.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.thing: text
//   rows.attributes: json text
UNWIND $rows AS row
MATCH (d:Description {id: row.id})
SET d.attributes = row.attributes
WITH row
MATCH (n:Collaboration {id: row.thing})
SET n.stale = true
