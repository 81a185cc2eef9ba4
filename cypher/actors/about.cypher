// Which of some actors take part in a collaboration about a theme or one below it.
// mode: read
// seconds: 30
// parameters:
//   ids: list of text
//   theme: text?
// columns:
//   id: text
MATCH (a:Actor)
WHERE a.id IN $ids
WITH a
WHERE EXISTS {
  MATCH (a)-[:PARTICIPATES_IN]->(:Collaboration)-[:ABOUT]->(:Theme)-[:PART_OF*0..8]->(:Theme {id: $theme}) }
RETURN a.id AS id
ORDER BY a.id
