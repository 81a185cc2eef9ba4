// Finds the Actor nodes of one vat.
// mode: schema
// seconds: 60
CREATE INDEX actor_vat IF NOT EXISTS FOR (a:Actor) ON (a.vat)
