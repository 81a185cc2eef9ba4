// The actors with this Wikidata item, by id: one, or none; several where sources gave it to more than one entry.
// mode: read
// parameters:
//   wikidata: text
// columns:
//   id: text
MATCH (a:Actor)
WHERE a.wikidata = $wikidata
RETURN a.id AS id
ORDER BY a.id
