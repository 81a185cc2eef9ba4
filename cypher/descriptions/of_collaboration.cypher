// What each file says of one collaboration, in the order of precedence; its days as ISO text.
// mode: read
// parameters:
//   id: text
// columns:
//   file: text
//   name: text
//   long_name: text?
//   kind: text
//   starts: text?
//   ends: text?
//   programme: text?
//   topic: text?
//   website: text?
//   attributes: json text?
MATCH (:Collaboration {id: $id})<-[:DESCRIBES]-(d:Description)
RETURN d.file AS file, d.name AS name, d.long_name AS long_name, d.kind AS kind, d.starts AS starts, d.ends AS ends,
       d.programme AS programme, d.topic AS topic, d.website AS website, d.attributes AS attributes
ORDER BY d.rank, d.file
