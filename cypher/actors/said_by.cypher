// Which of some actors a source speaks of: as a file that describes them, or as what a file cites for their taking part.
// mode: read
// seconds: 30
// parameters:
//   ids: list of text
//   source: text
// columns:
//   id: text
MATCH (a:Actor)
WHERE a.id IN $ids
WITH a
WHERE EXISTS { MATCH (a)<-[:DESCRIBES]-(:Description {file: $source}) }
   OR EXISTS { MATCH (a)-[:PARTICIPATES_IN {source: $source}]->(:Collaboration) }
RETURN a.id AS id
ORDER BY a.id
