// Notes what a person decides of a suggestion, what came of it, or that such a word is taken back.
// What was noted is never changed. number: its place among all acts; at: ISO 8601 text in UTC.
// mode: write
// parameters:
//   id: text
//   name: text
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
MERGE (d:Decision {id: $id})
SET d.name = $name, d.gap = $gap, d.subjects = $subjects, d.said = $said, d.why = $why, d.words = $words, d.by = $by,
    d.at = $at, d.number = $number, d.until = $until, d.happened = $happened, d.collaboration = $collaboration,
    d.takes_back = $takes_back, d.suggestion = $suggestion
