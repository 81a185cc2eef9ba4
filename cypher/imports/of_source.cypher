// The imports of one file source, oldest first.
// mode: read
// parameters:
//   source: text
// columns:
//   id: text
//   name: text
//   source: text
//   fingerprint: text
//   sequence: integer
//   precedence: integer
//   undoes: text?
//   started: text
//   finished: text?
MATCH (i:Import {source: $source})
RETURN i.id AS id, i.name AS name, i.source AS source, i.fingerprint AS fingerprint, i.sequence AS sequence,
       i.precedence AS precedence, i.undoes AS undoes, i.started AS started, i.finished AS finished
ORDER BY i.sequence, i.id
