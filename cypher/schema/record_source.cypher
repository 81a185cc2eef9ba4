// Finds the Record nodes of one source.
// mode: schema
// seconds: 60
CREATE INDEX record_source IF NOT EXISTS FOR (r:Record) ON (r.source)
