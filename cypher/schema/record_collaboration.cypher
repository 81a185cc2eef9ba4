// Finds the Record nodes of one collaboration.
// mode: schema
// seconds: 60
CREATE INDEX record_collaboration IF NOT EXISTS FOR (r:Record) ON (r.collaboration)
