// The claims that actors are a part of another, each as one file makes it.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.actor: text
//   rows.other: text
//   rows.since: iso date?
//   rows.source: text
//   rows.file: text
//   rows.import: text
//   rows.rank: integer
//   rows.claim: text
UNWIND $rows AS row
MATCH (a:Actor {id: row.actor})
MATCH (other:Actor {id: row.other})
MERGE (a)-[l:UNIT_OF {id: row.id}]->(other)
SET l.since = date(row.since), l.source = row.source, l.file = row.file, l.import = row.import,
    l.rank = row.rank, l.claim = row.claim
