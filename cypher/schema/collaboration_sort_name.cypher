// Finds the Collaboration nodes of one sort_name.
// mode: schema
// seconds: 60
CREATE INDEX collaboration_sort_name IF NOT EXISTS FOR (c:Collaboration) ON (c.sort_name)
