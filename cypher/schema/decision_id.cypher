// One Decision per id; its index serves every MERGE and MATCH by id.
// mode: schema
// seconds: 60
CREATE CONSTRAINT decision_id IF NOT EXISTS FOR (d:Decision) REQUIRE d.id IS UNIQUE
