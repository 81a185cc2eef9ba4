// Finds the Actor nodes of one business_id.
// mode: schema
// seconds: 60
CREATE INDEX actor_business_id IF NOT EXISTS FOR (a:Actor) ON (a.business_id)
