// The data of the page: pyvis' nodes and edges, joined into actors, ties and suggestions.
const data = JSON.parse(document.getElementById("map-data").textContent);
const more = data.more;
const byId = (id) => document.getElementById(id);
const count = new Intl.NumberFormat(more.language);

function say(key, parameters = {}) {
  const entry = data.texts[key];
  const text = typeof entry === "string" ? entry : entry[parameters.n === 1 ? "one" : "other"];
  // The values go in by a function: in a plain replacement, "$&" in a name would mean something.
  return text.replace(/\{(\w+)\}/g, (_, name) => {
    const value = parameters[name];
    return typeof value === "number" ? count.format(value) : value;
  });
}

// "Äänekoski" is found by "aane": no capitals, no diacritics.
const PLAIN = { ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", æ: "ae", œ: "oe", ß: "ss" };
function fold(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[øđðþłæœß]/g, (letter) => PLAIN[letter]);
}

// Builds an element from texts and elements; text never becomes markup.
function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "on") for (const [event, act] of Object.entries(value)) element.addEventListener(event, act);
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

// pyvis' nodes and edges come as rows under one line of field names.
const unpacked = ({ fields, rows }) => rows.map((row) => Object.fromEntries(fields.map((field, index) => [field, row[index]])));

const kindNames = Object.fromEntries(more.kinds);
const groupNames = new Map(more.groups);
const collaborations = more.collaborations.map(([name, kind, first, last, themes, site]) => (
  { name, kind: more.joint[kind], first, last, themes: themes || [], site }
));
const actors = unpacked(data.nodes).map((node, number) => ({
  number,
  id: node.key,
  name: node.label,
  kind: more.kinds[node.group][0],
  x: node.x,
  y: node.y,
  drawn: typeof node.x === "number",
  shown: true,
  size: node.size,
  rank: number + 1,
  themes: node.themes || [],
  place: node.place ?? null,
  site: node.site,
  community: node.community ?? null,
  also: node.also || "",
  folded: fold(`${node.label} ${node.also || ""}`),
  ties: [],
  suggestions: [],
}));
const actorById = new Map(actors.map((actor) => [actor.id, actor]));
const placeOf = (actor) => (actor.place === null ? "" : more.places[actor.place]);
const themesOf = (actor) => actor.themes.map((theme) => more.themes[theme]).join(", ");
const ties = [];
const suggestions = [];
for (const edge of unpacked(data.edges)) {
  const line = { a: actors[edge.from], b: actors[edge.to], shown: true };
  if (edge.dashes) {
    const [score, reasons, against] = more.suggestions[suggestions.length];
    suggestions.push(Object.assign(line, { rank: edge.rank, score, reasons, against }));
    for (const end of [line.a, line.b]) end.suggestions.push(line);
  } else {
    const via = (edge.via || []).map((number) => collaborations[number]);
    ties.push(Object.assign(line, { weight: edge.value, via, quiet: Boolean(edge.quiet) }));
    for (const end of [line.a, line.b]) end.ties.push(line);
  }
  line.drawn = line.a.drawn && line.b.drawn;
}
// Lines in three widths: most are thin, the heaviest tenth is thick. Equal weights are all thin.
const weights = ties.map((tie) => tie.weight).sort((p, q) => p - q);
const weightAt = (share) => weights[Math.floor(share * (weights.length - 1))];
const bounds = [weightAt(0.6), weightAt(0.9)];
for (const tie of ties) tie.width = tie.weight > bounds[1] ? 2 : tie.weight > bounds[0] ? 1 : 0;
const other = (line, actor) => (line.a === actor ? line.b : line.a);

const allYears = collaborations.flatMap(({ first, last }) => [first, last]).filter(Boolean);
const span = allYears.length ? { from: Math.min(...allYears), to: Math.max(...allYears) } : null;

// What the reader has chosen. Everything on the page follows from this.
const unfiltered = () => ({ kinds: new Set(Object.keys(kindNames)), theme: null, place: null, strength: 0, ...span });
const state = {
  filter: unfiltered(),
  suggestions: true,
  group: null,
  selected: null,
  cursor: null,
  hovered: null,
  // Who stays while the rest fades; null for everyone.
  near: null,
  // The part of the map that the reader has moved to: [x, y, width] in its own units; null for all of it.
  looking: null,
  // The step of the story, from 1; 0 for none.
  step: 0,
};

function announce(text) {
  byId("status").textContent = text;
}
