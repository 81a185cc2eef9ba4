// What a file says of themes, each thing under the file's own description of it; marks the themes as stale.
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
//   rows.name_fi: text?
//   rows.name_sv: text?
//   rows.name_en: text?
//   rows.parent: text?
UNWIND $rows AS row
MERGE (d:Description {id: row.id})
WITH d, row, d.import = row.import AS again, CASE WHEN d.import = row.import THEN d.said ELSE '' END AS before
SET d.noun = 'theme', d.thing = row.thing, d.file = row.file, d.import = row.import, d.rank = row.rank,
    d.said = reduce(all_ = before, claim IN row.said | CASE WHEN all_ CONTAINS claim THEN all_ ELSE all_ + claim END),
    d.name = row.name,
    d.name_fi = CASE WHEN again THEN coalesce(row.name_fi, d.name_fi) ELSE row.name_fi END,
    d.name_sv = CASE WHEN again THEN coalesce(row.name_sv, d.name_sv) ELSE row.name_sv END,
    d.name_en = CASE WHEN again THEN coalesce(row.name_en, d.name_en) ELSE row.name_en END,
    d.parent = CASE WHEN again THEN coalesce(row.parent, d.parent) ELSE row.parent END
WITH d, row
MERGE (n:Theme {id: row.thing})
SET n.name = coalesce(n.name, row.name), n.stale = true
MERGE (d)-[:DESCRIBES]->(n)
