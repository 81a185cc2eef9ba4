// Finds the Actor nodes of one isni.
// mode: schema
// seconds: 60
CREATE INDEX actor_isni IF NOT EXISTS FOR (a:Actor) ON (a.isni)
