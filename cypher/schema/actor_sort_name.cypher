// Finds the Actor nodes of one sort_name.
// mode: schema
// seconds: 60
CREATE INDEX actor_sort_name IF NOT EXISTS FOR (a:Actor) ON (a.sort_name)
