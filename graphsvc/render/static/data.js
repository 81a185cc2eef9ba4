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

const actors = data.nodes.map((node) => ({
  number: node.id,
  id: node.key,
  name: node.label,
  kind: node.group,
  x: node.x,
  y: node.y,
  drawn: node.x !== undefined,
  size: node.size,
  rank: node.id + 1,
  themes: (node.themes || []).map((theme) => more.themes[theme]),
  place: node.place === undefined ? "" : more.places[node.place],
  site: node.site,
  community: node.community,
  also: node.also || "",
  folded: fold(`${node.label} ${node.also || ""}`),
  ties: [],
  suggestions: [],
}));
const actorById = new Map(actors.map((actor) => [actor.id, actor]));
for (const each of more.collaborations) each[1] = more.joint[each[1]];
const ties = [];
const suggestions = [];
for (const edge of data.edges) {
  const line = { a: actors[edge.from], b: actors[edge.to] };
  if (edge.dashes) {
    const [score, reasons, against] = more.suggestions[suggestions.length];
    suggestions.push(Object.assign(line, { rank: edge.rank, score, reasons, against, suggested: true }));
    for (const end of [line.a, line.b]) end.suggestions.push(line);
  } else {
    const via = edge.via.map((number) => more.collaborations[number]);
    ties.push(Object.assign(line, { weight: edge.value, via, quiet: edge.quiet === true }));
    for (const end of [line.a, line.b]) end.ties.push(line);
  }
  line.drawn = line.a.drawn && line.b.drawn;
}
// Lines in three widths: most are thin, the heaviest tenth is thick. Equal weights are all thin.
const weights = ties.map((tie) => tie.weight).sort((p, q) => p - q);
const weightAt = (share) => weights[Math.floor(share * (weights.length - 1))];
const widthClass = (tie) => (tie.weight > weightAt(0.9) ? 2 : tie.weight > weightAt(0.6) ? 1 : 0);
const other = (line, actor) => (line.a === actor ? line.b : line.a);

// What the reader has chosen. Everything on the page follows from this.
const state = {
  kinds: new Set(Object.keys(more.kinds)),
  suggestions: true,
  selected: null,
  cursor: null,
  hovered: null,
  near: null,
};
const visible = (actor) => actor.drawn && state.kinds.has(actor.kind);
const lineVisible = (line) => line.drawn && visible(line.a) && visible(line.b);

function announce(text) {
  byId("status").textContent = text;
}
