// Finds the Proposal nodes of one file.
// mode: schema
// seconds: 60
CREATE INDEX proposal_file IF NOT EXISTS FOR (p:Proposal) ON (p.file)
