// Finds the Actor nodes whose descriptions the running change has touched.
// mode: schema
// seconds: 60
CREATE INDEX actor_stale IF NOT EXISTS FOR (n:Actor) ON (n.stale)
