// Finds the Content nodes of one import.
// mode: schema
// seconds: 60
CREATE INDEX content_import IF NOT EXISTS FOR (c:Content) ON (c.import)
