// Sources as last described; what a later description leaves out stays.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.name: text
//   rows.stated: iso date?
//   rows.address: text?
//   rows.publisher: text?
//   rows.terms: text?
UNWIND $rows AS row
MERGE (s:Source {id: row.id})
SET s.name = row.name,
    s.stated = coalesce(date(row.stated), s.stated),
    s.address = coalesce(row.address, s.address),
    s.publisher = coalesce(row.publisher, s.publisher),
    s.terms = coalesce(row.terms, s.terms)
