// Keeps what a change of an import said, packed, so that this version of the file can be put back without the file.
// mode: write
// parameters:
//   id: text
//   name: text
//   import: text
//   number: integer
//   packed: text
MERGE (c:Content {id: $id})
SET c.name = $name, c.import = $import, c.number = $number, c.packed = $packed
