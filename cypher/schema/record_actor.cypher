// Finds the Record nodes of one actor.
// mode: schema
// seconds: 60
CREATE INDEX record_actor IF NOT EXISTS FOR (r:Record) ON (r.actor)
