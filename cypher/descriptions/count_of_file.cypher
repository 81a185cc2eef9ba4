// How many things of each noun one file describes.
// mode: read
// seconds: 60
// parameters:
//   file: text
// columns:
//   noun: text
//   total: integer
MATCH (d:Description {file: $file})
RETURN d.noun AS noun, count(d) AS total
ORDER BY noun
