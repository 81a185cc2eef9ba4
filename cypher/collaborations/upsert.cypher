// Collaborations as last described: a value that is left out (null) erases nothing.
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
//   rows.import: text?
//   rows.folded_name: text
//   rows.folded_more: text?
//   rows.starts: iso date?
//   rows.ends: iso date?
UNWIND $rows AS row
MERGE (c:Collaboration {id: row.id})
SET c.name = row.name,
    c.sort_name = row.sort_name,
    c.long_name = coalesce(row.long_name, c.long_name),
    c.kind = row.kind,
    c.programme = coalesce(row.programme, c.programme),
    c.topic = coalesce(row.topic, c.topic),
    c.website = coalesce(row.website, c.website),
    c.source = coalesce(row.source, c.source),
    c.import = coalesce(row.import, c.import),
    c.folded_name = row.folded_name,
    c.folded_more = coalesce(row.folded_more, c.folded_more),
    c.starts = CASE WHEN row.starts IS NULL AND date(row.ends) < c.starts THEN null
                    ELSE coalesce(date(row.starts), c.starts) END
SET c.ends = CASE WHEN row.ends IS NULL AND c.ends < c.starts THEN null ELSE coalesce(date(row.ends), c.ends) END,
    c.search = c.folded_name + ' ' + coalesce(c.folded_more, '')
