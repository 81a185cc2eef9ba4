// Finds the Contact nodes of one actor.
// mode: schema
// seconds: 60
CREATE INDEX contact_actor IF NOT EXISTS FOR (c:Contact) ON (c.actor)
