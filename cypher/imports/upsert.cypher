// Notes an import of a file; its times are ISO 8601 text in UTC.
// mode: write
// parameters:
//   id: text
//   name: text
//   source: text
//   fingerprint: text
//   sequence: integer
//   started: text
MERGE (i:Import {id: $id})
SET i.name = $name, i.source = $source, i.fingerprint = $fingerprint, i.sequence = $sequence, i.started = $started
