// One Description per id; its index serves every MERGE and MATCH by id.
// mode: schema
// seconds: 60
CREATE CONSTRAINT description_id IF NOT EXISTS FOR (d:Description) REQUIRE d.id IS UNIQUE
