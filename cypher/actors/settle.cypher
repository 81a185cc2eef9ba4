// Gives each stale actor the values that its descriptions say, those of the first file in precedence that has one.
// names: the other names of every file, then the names that other files show instead, each as JSON.
// attributes: what every file says in columns of its own, the first file's last: a later word counts.
// search: the words of every name, and the identifiers.
// mode: write
// seconds: 120
MATCH (n:Actor {stale: true})
OPTIONAL MATCH (n)<-[:DESCRIBES]-(d:Description)
WITH n, d ORDER BY d.rank, d.file
WITH n, head(collect(d.name)) AS name,
        head(collect(d.sort_name)) AS sort_name,
        head(collect(d.kind)) AS kind,
        head(collect(d.business_id)) AS business_id,
        head(collect(d.vat)) AS vat,
        head(collect(d.pic)) AS pic,
        head(collect(d.ror)) AS ror,
        head(collect(d.isni)) AS isni,
        head(collect(d.wikidata)) AS wikidata,
        head(collect(d.website)) AS website,
        head(collect(d.description)) AS description,
        head(collect(d.source)) AS source,
        collect(DISTINCT d.attributes) AS told,
        head(collect(d.main)) AS shown, collect(DISTINCT d.names) AS others, collect(DISTINCT d.main) AS mains,
        collect(DISTINCT d.folded_name + ' ' + coalesce(d.folded_names + ' ', '') + coalesce(d.business_id + ' ', '')
          + coalesce(toLower(d.vat) + ' ', '') + coalesce(d.pic + ' ', '') + coalesce(d.ror + ' ', '')
          + coalesce(toLower(d.isni) + ' ', '') + coalesce(toLower(d.wikidata) + ' ', '')) AS words
SET n.name = coalesce(name, n.id), n.sort_name = coalesce(sort_name, n.id), n.kind = coalesce(kind, 'unknown'),
    n.names = '[' + substring(
      reduce(all_ = '', each IN others | all_ + each)
      + reduce(all_ = '', each IN mains | CASE each WHEN shown THEN all_ ELSE all_ + each END), 1) + ']',
    n.business_id = business_id, n.vat = vat, n.pic = pic, n.ror = ror, n.isni = isni, n.wikidata = wikidata,
    n.website = website, n.description = description, n.source = source,
    n.attributes = '[' + substring(reduce(all_ = '', each IN told | each + all_), 1) + ']',
    n.search = reduce(all_ = '', each IN words | all_ + each),
    n.stale = false
