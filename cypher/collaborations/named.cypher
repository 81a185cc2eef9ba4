// What a search for collaborations looks at, of some of them, by sort name and id.
// mode: read
// parameters:
//   ids: list of text
// columns:
//   id: text
//   sort_name: text
//   kind: text
//   starts: date?
//   ends: date?
//   search: text
UNWIND $ids AS wanted
MATCH (c:Collaboration {id: wanted})
RETURN c.id AS id, c.sort_name AS sort_name, c.kind AS kind, c.starts AS starts, c.ends AS ends,
       coalesce(c.search, '') AS search
ORDER BY c.sort_name, c.id
