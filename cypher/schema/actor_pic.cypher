// Finds the Actor nodes of one pic.
// mode: schema
// seconds: 60
CREATE INDEX actor_pic IF NOT EXISTS FOR (a:Actor) ON (a.pic)
