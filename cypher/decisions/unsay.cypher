// Takes back who takes part in a collaboration, as a person said it.
// mode: write
// parameters:
//   file: text
//   collaboration: text
MATCH (:Actor)-[p:PARTICIPATES_IN {file: $file}]->(:Collaboration {id: $collaboration})
DELETE p
