// Says what collaborations are about. Each file says so for itself, so that it can take back its own word only.
// mode: write
// parameters:
//   rows: list of maps
//   rows.collaboration: text
//   rows.theme: text
//   rows.file: text
//   rows.import: text
UNWIND $rows AS row
MATCH (c:Collaboration {id: row.collaboration})
MATCH (t:Theme {id: row.theme})
MERGE (c)-[r:ABOUT {file: row.file}]->(t)
SET r.import = row.import
