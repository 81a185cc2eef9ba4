// Finds the Collaboration nodes whose descriptions the running change has touched.
// mode: schema
// seconds: 60
CREATE INDEX collaboration_stale IF NOT EXISTS FOR (n:Collaboration) ON (n.stale)
