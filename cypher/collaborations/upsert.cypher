// Collaborations as the file that described them first describes them now; other files add what it leaves out.
// What no file says ('') is a person's word and always counts.
// A value that is left out (null) erases nothing.
// A period that two sources together would turn round keeps the bound that was said last.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.name: text
//   rows.sort_name: text
//   rows.long_name: text?
//   rows.kind: text
//   rows.programme: text?
//   rows.topic: text?
//   rows.website: text?
//   rows.source: text?
//   rows.file: text
//   rows.import: text?
//   rows.folded_name: text
//   rows.folded_more: text?
//   rows.starts: iso date?
//   rows.ends: iso date?
UNWIND $rows AS row
MERGE (c:Collaboration {id: row.id})
WITH c, row, row.file IN ['', coalesce(c.file, row.file)] AS own
SET c.name = CASE WHEN own THEN row.name ELSE c.name END,
    c.sort_name = CASE WHEN own THEN row.sort_name ELSE c.sort_name END,
    c.kind = CASE WHEN own THEN row.kind ELSE c.kind END,
    c.long_name = CASE WHEN own THEN coalesce(row.long_name, c.long_name) ELSE coalesce(c.long_name, row.long_name) END,
    c.programme = CASE WHEN own THEN coalesce(row.programme, c.programme) ELSE coalesce(c.programme, row.programme) END,
    c.topic = CASE WHEN own THEN coalesce(row.topic, c.topic) ELSE coalesce(c.topic, row.topic) END,
    c.website = CASE WHEN own THEN coalesce(row.website, c.website) ELSE coalesce(c.website, row.website) END,
    c.source = CASE WHEN own THEN coalesce(row.source, c.source) ELSE coalesce(c.source, row.source) END,
    c.folded_more = CASE WHEN own THEN coalesce(row.folded_more, c.folded_more) ELSE coalesce(c.folded_more, row.folded_more) END,
    c.folded_name = CASE WHEN own THEN row.folded_name ELSE c.folded_name END,
    c.import = coalesce(row.import, c.import),
    c.file = coalesce(c.file, row.file),
    c.starts = CASE WHEN NOT own THEN coalesce(c.starts, date(row.starts))
                    WHEN row.starts IS NULL AND date(row.ends) < c.starts THEN null
                    ELSE coalesce(date(row.starts), c.starts) END
WITH c, row, own
SET c.ends = CASE WHEN NOT own AND (c.ends IS NOT NULL OR date(row.ends) < c.starts) THEN c.ends
                  WHEN row.ends IS NULL AND c.ends < c.starts THEN null
                  ELSE coalesce(date(row.ends), c.ends) END,
    c.search = c.folded_name + ' ' + coalesce(c.folded_more, '')
