// Actors as last described: a value that is left out (null) erases nothing, an unknown kind replaces no known one.
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
//   rows.import: text?
//   rows.folded_name: text
//   rows.folded_names: text?
UNWIND $rows AS row
MERGE (a:Actor {id: row.id})
SET a.name = row.name,
    a.sort_name = row.sort_name,
    a.kind = CASE WHEN row.kind = 'unknown' THEN coalesce(a.kind, row.kind) ELSE row.kind END,
    a.names = coalesce(row.names, a.names),
    a.business_id = coalesce(row.business_id, a.business_id),
    a.vat = coalesce(row.vat, a.vat),
    a.pic = coalesce(row.pic, a.pic),
    a.ror = coalesce(row.ror, a.ror),
    a.website = coalesce(row.website, a.website),
    a.description = coalesce(row.description, a.description),
    a.source = coalesce(row.source, a.source),
    a.import = coalesce(row.import, a.import),
    a.folded_name = row.folded_name,
    a.folded_names = coalesce(row.folded_names, a.folded_names)
SET a.search = a.folded_name + ' ' + coalesce(a.folded_names, '') + ' ' + coalesce(a.business_id, '') + ' '
             + toLower(coalesce(a.vat, '')) + ' ' + coalesce(a.pic, '') + ' ' + coalesce(a.ror, '')
