// Finds the Place nodes whose descriptions the running change has touched.
// mode: schema
// seconds: 60
CREATE INDEX place_stale IF NOT EXISTS FOR (n:Place) ON (n.stale)
