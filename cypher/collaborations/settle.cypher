// Gives each stale collaboration the values that its descriptions say, those of the first file in precedence that has one.
// The first description with a date decides; a bound of a later one counts where it does not turn the period round.
// attributes: what every file says in columns of its own, the first file's last: a later word counts.
// search: the words of every name, of programme and topic.
// mode: write
// seconds: 120
MATCH (n:Collaboration {stale: true})
OPTIONAL MATCH (n)<-[:DESCRIBES]-(d:Description)
WITH n, d ORDER BY d.rank, d.file
WITH n, head(collect(d.name)) AS name,
        head(collect(d.sort_name)) AS sort_name,
        head(collect(d.long_name)) AS long_name,
        head(collect(d.kind)) AS kind,
        head(collect(d.programme)) AS programme,
        head(collect(d.topic)) AS topic,
        head(collect(d.website)) AS website,
        head(collect(d.source)) AS source,
        collect(DISTINCT d.attributes) AS told,
        collect(DISTINCT d.folded_name + ' ' + coalesce(d.folded_more + ' ', '')) AS words,
        collect(d.starts) AS begun, collect(d.ends) AS ended,
        head(collect(CASE WHEN d.starts IS NOT NULL THEN 'starts' WHEN d.ends IS NOT NULL THEN 'ends' END)) AS sure
SET n.name = coalesce(name, n.id), n.sort_name = coalesce(sort_name, n.id), n.long_name = long_name,
    n.kind = coalesce(kind, 'project'), n.programme = programme, n.topic = topic, n.website = website,
    n.source = source,
    n.attributes = '[' + substring(reduce(all_ = '', each IN told | each + all_), 1) + ']',
    n.starts = date(CASE sure WHEN 'starts' THEN head(begun) ELSE head([day IN begun WHERE day <= head(ended)]) END),
    n.ends = date(CASE sure WHEN 'ends' THEN head(ended) ELSE head([day IN ended WHERE day >= head(begun)]) END),
    n.search = reduce(all_ = '', each IN words | all_ + each),
    n.stale = false
