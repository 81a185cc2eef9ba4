// Deletes the contact persons that an import named.
// mode: write
// parameters:
//   import: text
MATCH (c:Contact)
WHERE c.import = $import
DETACH DELETE c
