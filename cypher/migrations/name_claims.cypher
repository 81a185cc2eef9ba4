// Migration 2: gives claims the id that tells their time, too. One that has it already stays.
// mode: write
// seconds: 120
// parameters:
//   rows: list of maps
//   rows.was: text
//   rows.actor: text
//   rows.collaboration: text
//   rows.id: text
//   rows.claim: text
UNWIND $rows AS row
MATCH (a:Actor {id: row.actor})
MATCH (c:Collaboration {id: row.collaboration})
MATCH (a)-[p:PARTICIPATES_IN {id: row.was}]->(c)
SET p.id = row.id, p.claim = row.claim
