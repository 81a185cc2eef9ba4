// Takes back that persons' words are a source, when none of them describes a collaboration any more.
// mode: write
// parameters:
//   file: text
MATCH (d:Description {file: $file})-[:DESCRIBES]->(s:Source {id: $file})
WHERE NOT EXISTS { MATCH (other:Description {file: $file})-[:DESCRIBES]->(:Collaboration) }
SET s.stale = true
DETACH DELETE d
