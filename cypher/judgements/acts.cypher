// Everything that persons said of two entries, by pair, in the order in which it was said.
// mode: read
// seconds: 30
// columns:
//   id: text
//   a: text
//   b: text
//   verdict: text
//   by: text
//   at: text
//   reason: text
//   number: integer
MATCH (j:Judgement)
RETURN j.id AS id, j.a AS a, j.b AS b, j.verdict AS verdict, j.by AS by, j.at AS at, j.reason AS reason,
       j.number AS number
ORDER BY j.a, j.b, j.number, j.at, j.id
