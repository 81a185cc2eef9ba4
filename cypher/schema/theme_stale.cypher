// Finds the Theme nodes whose descriptions the running change has touched.
// mode: schema
// seconds: 60
CREATE INDEX theme_stale IF NOT EXISTS FOR (n:Theme) ON (n.stale)
