// One Content per id; its index serves every MERGE and MATCH by id.
// mode: schema
// seconds: 60
CREATE CONSTRAINT content_id IF NOT EXISTS FOR (c:Content) REQUIRE c.id IS UNIQUE
