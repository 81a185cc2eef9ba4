// What a search for collaborations looks at, of every one, by sort name and id; the rest is read of those that it shows.
// mode: read
// seconds: 60
// columns:
//   id: text
//   sort_name: text
//   kind: text
//   starts: date?
//   ends: date?
//   search: text
MATCH (c:Collaboration)
RETURN c.id AS id, c.sort_name AS sort_name, c.kind AS kind, c.starts AS starts, c.ends AS ends,
       coalesce(c.search, '') AS search
ORDER BY c.sort_name, c.id
