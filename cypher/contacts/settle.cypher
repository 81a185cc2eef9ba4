// Lets those contact persons of a file stand that one of its imports named, and no others of it.
// mode: write
// parameters:
//   file: text
//   import: text
MATCH (c:Contact)
WHERE c.file = $file
SET c.stands = c.import = $import
