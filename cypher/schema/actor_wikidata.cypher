// Finds the Actor nodes of one wikidata.
// mode: schema
// seconds: 60
CREATE INDEX actor_wikidata IF NOT EXISTS FOR (a:Actor) ON (a.wikidata)
