// Finds the Description nodes of one file.
// mode: schema
// seconds: 60
CREATE INDEX description_file IF NOT EXISTS FOR (d:Description) ON (d.file)
