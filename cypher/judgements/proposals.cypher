// What the matching of imports says of two entries, by pair, once for each file that the matching was about.
// mode: read
// seconds: 30
// columns:
//   a: text
//   b: text
//   verdict: text
//   by: text
//   at: text
//   score: decimal text?
//   grounds: json text
//   file: text
MATCH (p:Proposal)
RETURN p.a AS a, p.b AS b, p.verdict AS verdict, p.by AS by, p.at AS at, p.score AS score, p.grounds AS grounds,
       p.file AS file
ORDER BY p.a, p.b, p.file
