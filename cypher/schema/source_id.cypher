// One Source per id; its index serves every MERGE and MATCH by id.
// mode: schema
// seconds: 60
CREATE CONSTRAINT source_id IF NOT EXISTS FOR (s:Source) REQUIRE s.id IS UNIQUE
