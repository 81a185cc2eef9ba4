// Notes an import of a file, or an undoing of one; its times are ISO 8601 text in UTC.
// mode: write
// parameters:
//   id: text
//   name: text
//   source: text
//   fingerprint: text
//   sequence: integer
//   precedence: integer
//   undoes: text?
//   started: text
MERGE (i:Import {id: $id})
SET i.name = $name, i.source = $source, i.fingerprint = $fingerprint, i.sequence = $sequence,
    i.precedence = $precedence, i.undoes = $undoes, i.started = $started
