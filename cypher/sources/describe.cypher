// What a file says of sources, each thing under the file's own description of it; marks the sources as stale.
// The first word of a new import of the file replaces what it said before; a further one adds and corrects.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.thing: text
//   rows.file: text
//   rows.import: text
//   rows.rank: integer
//   rows.said: list of text
//   rows.name: text
//   rows.stated: iso date?
//   rows.address: text?
//   rows.publisher: text?
//   rows.terms: text?
UNWIND $rows AS row
MERGE (d:Description {id: row.id})
WITH d, row, d.import = row.import AS again, CASE WHEN d.import = row.import THEN d.said ELSE '' END AS before
SET d.noun = 'source', d.thing = row.thing, d.file = row.file, d.import = row.import, d.rank = row.rank,
    d.said = reduce(all_ = before, claim IN row.said | CASE WHEN all_ CONTAINS claim THEN all_ ELSE all_ + claim END),
    d.name = row.name,
    d.stated = CASE WHEN again THEN coalesce(row.stated, d.stated) ELSE row.stated END,
    d.address = CASE WHEN again THEN coalesce(row.address, d.address) ELSE row.address END,
    d.publisher = CASE WHEN again THEN coalesce(row.publisher, d.publisher) ELSE row.publisher END,
    d.terms = CASE WHEN again THEN coalesce(row.terms, d.terms) ELSE row.terms END
WITH d, row
MERGE (n:Source {id: row.thing})
SET n.name = coalesce(n.name, row.name), n.stale = true
MERGE (d)-[:DESCRIBES]->(n)
