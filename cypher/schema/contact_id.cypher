// One Contact per id; its index serves every MERGE and MATCH by id.
// mode: schema
// seconds: 60
CREATE CONSTRAINT contact_id IF NOT EXISTS FOR (c:Contact) REQUIRE c.id IS UNIQUE
