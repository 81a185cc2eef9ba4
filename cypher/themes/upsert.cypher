// Themes as last described; a name that a later description leaves out stays.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.name: text
//   rows.name_fi: text?
//   rows.name_sv: text?
//   rows.name_en: text?
UNWIND $rows AS row
MERGE (t:Theme {id: row.id})
SET t.name = row.name,
    t.name_fi = coalesce(row.name_fi, t.name_fi),
    t.name_sv = coalesce(row.name_sv, t.name_sv),
    t.name_en = coalesce(row.name_en, t.name_en)
