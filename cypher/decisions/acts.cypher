// Everything that persons decided of suggestions and what came of it, in the order in which it was said.
// subjects: the ids that the gap is about, with a space between them; suggestion: a JSON object, null where there was none.
// Days are ISO 8601 text, empty where there is none; so is what has no reason, no collaboration or takes nothing back.
// mode: read
// seconds: 30
// columns:
//   id: text
//   gap: text
//   subjects: text
//   said: text
//   why: text
//   words: text
//   by: text
//   at: text
//   number: integer
//   until: text
//   happened: text
//   collaboration: text
//   takes_back: text
//   suggestion: json text
MATCH (d:Decision)
RETURN d.id AS id, d.gap AS gap, d.subjects AS subjects, d.said AS said, d.why AS why, d.words AS words, d.by AS by,
       d.at AS at, d.number AS number, d.until AS until, d.happened AS happened, d.collaboration AS collaboration,
       d.takes_back AS takes_back, d.suggestion AS suggestion
ORDER BY d.number, d.at, d.id
