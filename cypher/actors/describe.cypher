// What a file says of actors, each thing under the file's own description of it; marks the actors as stale.
// The first word of a new import of the file replaces what it said before; a further one adds and corrects.
// attributes: one JSON object for each time the file said some, the last one last, each with a comma before it.
// Where an actor is, is said by actors/state_place.
// mode: write
// parameters:
//   rows: list of maps
//   rows.id: text
//   rows.thing: text
//   rows.file: text
//   rows.import: text
//   rows.rank: integer
//   rows.said: list of text
//   rows.name: text
//   rows.sort_name: text
//   rows.kind: text?
//   rows.main: json text
//   rows.names: json text?
//   rows.business_id: text?
//   rows.vat: text?
//   rows.pic: text?
//   rows.ror: text?
//   rows.isni: text?
//   rows.wikidata: text?
//   rows.website: text?
//   rows.description: text?
//   rows.source: text?
//   rows.attributes: json text?
//   rows.folded_name: text
//   rows.folded_names: text?
UNWIND $rows AS row
MERGE (d:Description {id: row.id})
WITH d, row, d.import = row.import AS again, CASE WHEN d.import = row.import THEN d.said ELSE '' END AS before,
     CASE WHEN d.import = row.import THEN coalesce(d.attributes, '') ELSE '' END AS told
SET d.noun = 'actor', d.thing = row.thing, d.file = row.file, d.import = row.import, d.rank = row.rank,
    d.said = reduce(all_ = before, claim IN row.said | CASE WHEN all_ CONTAINS claim THEN all_ ELSE all_ + claim END),
    d.name = row.name,
    d.sort_name = row.sort_name,
    d.kind = CASE WHEN again THEN coalesce(row.kind, d.kind) ELSE row.kind END,
    d.main = row.main,
    d.names = CASE WHEN again THEN coalesce(row.names, d.names) ELSE row.names END,
    d.business_id = CASE WHEN again THEN coalesce(row.business_id, d.business_id) ELSE row.business_id END,
    d.vat = CASE WHEN again THEN coalesce(row.vat, d.vat) ELSE row.vat END,
    d.pic = CASE WHEN again THEN coalesce(row.pic, d.pic) ELSE row.pic END,
    d.ror = CASE WHEN again THEN coalesce(row.ror, d.ror) ELSE row.ror END,
    d.isni = CASE WHEN again THEN coalesce(row.isni, d.isni) ELSE row.isni END,
    d.wikidata = CASE WHEN again THEN coalesce(row.wikidata, d.wikidata) ELSE row.wikidata END,
    d.website = CASE WHEN again THEN coalesce(row.website, d.website) ELSE row.website END,
    d.description = CASE WHEN again THEN coalesce(row.description, d.description) ELSE row.description END,
    d.source = CASE WHEN again THEN coalesce(row.source, d.source) ELSE row.source END,
    d.attributes = CASE WHEN row.attributes IS NULL THEN told
                        ELSE replace(told, row.attributes, '') + row.attributes END,
    d.folded_name = row.folded_name,
    d.folded_names = CASE WHEN again THEN coalesce(row.folded_names, d.folded_names) ELSE row.folded_names END,
    d.place = CASE WHEN again THEN d.place END
WITH d, row
MERGE (n:Actor {id: row.thing})
SET n.name = coalesce(n.name, row.name), n.stale = true
MERGE (d)-[:DESCRIBES]->(n)
