// The claims that actors take part in collaborations, each as one file makes it.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.actor: text
//   rows.collaboration: text
//   rows.role: text
//   rows.source: text
//   rows.starts: iso date?
//   rows.ends: iso date?
//   rows.amount: decimal text?
//   rows.currency: text?
//   rows.record: text?
//   rows.attributes: json text?
//   rows.file: text
//   rows.import: text
//   rows.rank: integer
//   rows.claim: text
UNWIND $rows AS row
MATCH (a:Actor {id: row.actor})
MATCH (c:Collaboration {id: row.collaboration})
MERGE (a)-[p:PARTICIPATES_IN {id: row.id}]->(c)
SET p.role = row.role, p.source = row.source, p.starts = date(row.starts), p.ends = date(row.ends),
    p.amount = row.amount, p.currency = row.currency, p.record = row.record, p.attributes = row.attributes,
    p.file = row.file, p.import = row.import, p.rank = row.rank, p.claim = row.claim
