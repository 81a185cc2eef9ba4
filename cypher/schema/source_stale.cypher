// Finds the Source nodes whose descriptions the running change has touched.
// mode: schema
// seconds: 60
CREATE INDEX source_stale IF NOT EXISTS FOR (n:Source) ON (n.stale)
