// Writes contact persons; those of an import stand only once it has ended.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.actor: text
//   rows.name: text
//   rows.role: text
//   rows.email: text
//   rows.phone: text
//   rows.purpose: text
//   rows.until: iso date
//   rows.source: text
//   rows.file: text
//   rows.import: text
//   rows.stands: text
UNWIND $rows AS row
MERGE (c:Contact {id: row.id})
SET c.actor = row.actor, c.name = row.name, c.role = row.role, c.email = row.email, c.phone = row.phone,
    c.purpose = row.purpose, c.until = date(row.until), c.source = row.source, c.file = row.file,
    c.import = row.import, c.stands = row.stands = 'yes'
