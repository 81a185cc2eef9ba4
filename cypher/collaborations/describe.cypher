// What a file says of collaborations, each thing under the file's own description of it; marks the collaborations as stale.
// The first word of a new import of the file replaces what it said before; a further one adds and corrects.
// attributes: one JSON object for each time the file said some, the last one last, each with a comma before it.
// A period that two rows together would turn round keeps the bound that was said last.
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
//   rows.sort_name: text
//   rows.long_name: text?
//   rows.kind: text
//   rows.programme: text?
//   rows.topic: text?
//   rows.website: text?
//   rows.source: text?
//   rows.attributes: json text?
//   rows.folded_name: text
//   rows.folded_more: text?
//   rows.starts: iso date?
//   rows.ends: iso date?
UNWIND $rows AS row
MERGE (d:Description {id: row.id})
WITH d, row, d.import = row.import AS again, CASE WHEN d.import = row.import THEN d.said ELSE '' END AS before,
     CASE WHEN d.import = row.import THEN coalesce(d.attributes, '') ELSE '' END AS told
SET d.noun = 'collaboration', d.thing = row.thing, d.file = row.file, d.import = row.import, d.rank = row.rank,
    d.said = reduce(all_ = before, claim IN row.said | CASE WHEN all_ CONTAINS claim THEN all_ ELSE all_ + claim END),
    d.name = row.name,
    d.sort_name = row.sort_name,
    d.long_name = CASE WHEN again THEN coalesce(row.long_name, d.long_name) ELSE row.long_name END,
    d.kind = row.kind,
    d.programme = CASE WHEN again THEN coalesce(row.programme, d.programme) ELSE row.programme END,
    d.topic = CASE WHEN again THEN coalesce(row.topic, d.topic) ELSE row.topic END,
    d.website = CASE WHEN again THEN coalesce(row.website, d.website) ELSE row.website END,
    d.source = CASE WHEN again THEN coalesce(row.source, d.source) ELSE row.source END,
    d.attributes = CASE WHEN row.attributes IS NULL THEN told
                        ELSE replace(told, row.attributes, '') + row.attributes END,
    d.folded_name = row.folded_name,
    d.folded_more = CASE WHEN again THEN coalesce(row.folded_more, d.folded_more) ELSE row.folded_more END,
    d.starts = CASE WHEN NOT coalesce(again, false) THEN row.starts
                    WHEN row.starts IS NULL AND row.ends < d.starts THEN null
                    ELSE coalesce(row.starts, d.starts) END
WITH d, row, again
SET d.ends = CASE WHEN NOT coalesce(again, false) THEN row.ends
                  WHEN row.ends IS NULL AND d.ends < d.starts THEN null
                  ELSE coalesce(row.ends, d.ends) END
WITH d, row
MERGE (n:Collaboration {id: row.thing})
SET n.name = coalesce(n.name, row.name), n.stale = true
MERGE (d)-[:DESCRIBES]->(n)
