// What things one file describes, and the digests of the claims that describe each.
// mode: read
// seconds: 60
// parameters:
//   source: text
// columns:
//   noun: text
//   thing: text
//   said: text
MATCH (d:Description {file: $source})
RETURN d.noun AS noun, d.thing AS thing, d.said AS said
ORDER BY d.noun, d.thing
