// Actors as the file that described them first describes them now; other files add what it leaves out.
// What no file says ('') is a person's word and always counts.
// A value that is left out (null) erases nothing, an unknown kind replaces no known one.
// search is made anew from its parts: words of the name, of other names, and the identifiers.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.name: text
//   rows.sort_name: text
//   rows.kind: text
//   rows.names: json text?
//   rows.business_id: text?
//   rows.vat: text?
//   rows.pic: text?
//   rows.ror: text?
//   rows.website: text?
//   rows.description: text?
//   rows.source: text?
//   rows.file: text
//   rows.import: text?
//   rows.folded_name: text
//   rows.folded_names: text?
UNWIND $rows AS row
MERGE (a:Actor {id: row.id})
WITH a, row, row.file IN ['', coalesce(a.file, row.file)] AS own
SET a.name = CASE WHEN own THEN row.name ELSE a.name END,
    a.sort_name = CASE WHEN own THEN row.sort_name ELSE a.sort_name END,
    a.kind = CASE WHEN row.kind = 'unknown' THEN coalesce(a.kind, row.kind)
                  WHEN own OR a.kind = 'unknown' THEN row.kind ELSE a.kind END,
    a.names = CASE WHEN own THEN coalesce(row.names, a.names) ELSE coalesce(a.names, row.names) END,
    a.business_id = CASE WHEN own THEN coalesce(row.business_id, a.business_id) ELSE coalesce(a.business_id, row.business_id) END,
    a.vat = CASE WHEN own THEN coalesce(row.vat, a.vat) ELSE coalesce(a.vat, row.vat) END,
    a.pic = CASE WHEN own THEN coalesce(row.pic, a.pic) ELSE coalesce(a.pic, row.pic) END,
    a.ror = CASE WHEN own THEN coalesce(row.ror, a.ror) ELSE coalesce(a.ror, row.ror) END,
    a.website = CASE WHEN own THEN coalesce(row.website, a.website) ELSE coalesce(a.website, row.website) END,
    a.description = CASE WHEN own THEN coalesce(row.description, a.description) ELSE coalesce(a.description, row.description) END,
    a.source = CASE WHEN own THEN coalesce(row.source, a.source) ELSE coalesce(a.source, row.source) END,
    a.folded_names = CASE WHEN own THEN coalesce(row.folded_names, a.folded_names) ELSE coalesce(a.folded_names, row.folded_names) END,
    a.folded_name = CASE WHEN own THEN row.folded_name ELSE a.folded_name END,
    a.import = coalesce(row.import, a.import),
    a.file = coalesce(a.file, row.file)
SET a.search = a.folded_name + ' ' + coalesce(a.folded_names, '') + ' ' + coalesce(a.business_id, '') + ' '
             + toLower(coalesce(a.vat, '')) + ' ' + coalesce(a.pic, '') + ' ' + coalesce(a.ror, '')
