// Notes what a person says of two entries, or that the last such word is taken back. What was noted is never changed.
// number: its place among the acts about the pair; at: ISO 8601 text in UTC.
// mode: write
// parameters:
//   id: text
//   name: text
//   a: text
//   b: text
//   verdict: text
//   by: text
//   at: text
//   reason: text
//   number: integer
MERGE (j:Judgement {id: $id})
SET j.name = $name, j.a = $a, j.b = $b, j.verdict = $verdict, j.by = $by, j.at = $at, j.reason = $reason,
    j.number = $number
