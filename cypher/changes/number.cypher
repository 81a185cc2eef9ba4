// Notes which revision the graph had with a change: the number of changes, this one counted. The first writing counts;
// repeating it changes nothing. Changes of before this was noted got theirs by migration 1, by time.
// mode: write
// parameters:
//   id: text
MATCH (c:Change)
WITH count(c) AS changes
MATCH (n:Change {id: $id})
SET n.revision = coalesce(n.revision, changes)
