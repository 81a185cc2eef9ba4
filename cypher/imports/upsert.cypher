// Notes an import of a file, or an undoing of one; its times are ISO 8601 text in UTC.
// It takes over the precedence of the source, which a person may have set since the import began.
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
    i.undoes = $undoes, i.started = $started
WITH i
MATCH (earlier:Import {source: $source})
WITH i, max(earlier.precedence) AS held
SET i.precedence = coalesce(held, $precedence)
