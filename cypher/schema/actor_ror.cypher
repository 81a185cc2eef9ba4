// Finds the Actor nodes of one ror.
// mode: schema
// seconds: 60
CREATE INDEX actor_ror IF NOT EXISTS FOR (a:Actor) ON (a.ror)
