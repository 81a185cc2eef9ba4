// What is drawn, in layers. A view says where the world is on the screen: {scale, left, top, width, height}.
const FADED = 0.16;
const at = (view, actor) => [actor.x * view.scale + view.left, actor.y * view.scale + view.top];

// Symbols grow slower than distances, so that zooming in takes a crowd apart.
const radiusOf = (view, actor) => Math.min(40, Math.max(3.2, actor.size * Math.sqrt(view.scale)));

const inFocus = (actor) => !state.near || state.near.has(actor);

function hullOf(points) {
  const sorted = [...points].sort((p, q) => p[0] - q[0] || p[1] - q[1]);
  const turn = (o, p, q) => (p[0] - o[0]) * (q[1] - o[1]) - (p[1] - o[1]) * (q[0] - o[0]);
  const half = (list) => {
    const kept = [];
    for (const point of list) {
      while (kept.length > 1 && turn(kept[kept.length - 2], kept[kept.length - 1], point) <= 0) kept.pop();
      kept.push(point);
    }
    return kept.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

// Without a partner on the map an actor stands in the rows below, outside of its group; in a crowded map nobody does.
const isTied = (actor) => more.crowded || actor.ties.some((tie) => tie.drawn);

// Groups as they stand: hulls hold all their actors, also those that a filter hides, so that the map keeps its shape.
const groups = more.groups
  .map(([id, name]) => {
    const all = actors.filter((actor) => actor.community === id);
    const members = all.filter((actor) => actor.drawn && isTied(actor));
    const hull = hullOf(members.map((actor) => [actor.x, actor.y]));
    const middle = (axis) => (Math.min(...members.map((each) => each[axis])) + Math.max(...members.map((each) => each[axis]))) / 2;
    return { id, name, all, members, hull, x: middle("x"), y: middle("y") };
  })
  .filter((group) => group.members.length > 2 || (more.crowded && group.members.length));
for (const group of groups) for (const actor of group.all) actor.group = group;

// In a crowded map groups are shown instead of their actors, but for the chosen one, whoever is of interest now, the
// ends of suggestions, and the most important actor of each group for orientation.
for (const group of groups) group.members.reduce((p, q) => (q.rank < p.rank ? q : p)).landmark = true;
const unfolded = (actor) => !more.crowded || actor.landmark || (actor.group && actor.group === state.group)
  || Boolean(state.near && state.near.has(actor)) || (state.suggestions && actor.suggestions.some((line) => line.shown));
const visible = (actor) => actor.drawn && actor.shown && unfolded(actor);
const lineVisible = (line) => line.drawn && line.shown && visible(line.a) && visible(line.b);
const isClosed = (group) => more.crowded && group !== state.group;

// In a crowded map one line stands for all ties of two groups; each group draws its two heaviest.
const MOST_LINKS = 2;
function groupLinks() {
  const links = new Map();
  for (const { a, b, weight } of ties) {
    if (!a.group || !b.group || a.group === b.group) continue;
    const [first, second] = [a.group, b.group].sort((p, q) => p.id - q.id);
    const key = `${first.id} ${second.id}`;
    const link = links.get(key) || { a: first, b: second, weight: 0, drawn: true };
    link.weight += weight;
    links.set(key, link);
  }
  const order = [...links.values()].sort((p, q) => q.weight - p.weight);
  const kept = groups.flatMap((group) => order.filter((link) => link.a === group || link.b === group).slice(0, MOST_LINKS));
  for (const link of order) link.width = Math.max(1, 5 * Math.sqrt(link.weight / order[0].weight));
  return [...new Set(kept)];
}
const links = more.crowded ? groupLinks() : [];

// What there is to draw, gathered once for each change and not for each frame.
const scene = {};
function compose() {
  const ground = ties.filter((tie) => !tie.quiet && lineVisible(tie) && !ofSelected(tie));
  const within = (tie) => tie.a.community === tie.b.community;
  const ofGroup = (tie) => state.group && !state.selected && tie.a.group === state.group && within(tie);
  const bright = state.near ? ground.filter(ofGroup) : ground;
  // Many ties are drawn fainter: together they stay a texture behind the names.
  const crowd = Math.max(0.3, Math.min(0.7, Math.sqrt(190 / Math.max(bright.length, 1))));
  const dim = state.near ? FADED : 1;
  scene.actors = actors.filter(visible).reverse();
  scene.ground = [
    { opacity: crowd * dim * 0.6, lines: byWidth(ground.filter((tie) => !within(tie))) },
    { opacity: crowd * dim, lines: byWidth(ground.filter((tie) => within(tie) && !ofGroup(tie))) },
    { opacity: crowd, lines: byWidth(ground.filter(ofGroup)) },
  ];
  const own = state.selected ? nearTies(state.selected).filter(lineVisible) : [];
  scene.own = { opacity: Math.max(0.45, Math.min(1, Math.sqrt(50 / Math.max(own.length, 1)))), lines: byWidth(own) };
  scene.suggestions = state.suggestions ? suggestions.filter(lineVisible) : [];
}

const byWidth = (lines) => [0, 1, 2].map((width) => lines.filter((line) => line.width === width));
const ofSelected = (line) => state.selected && (line.a === state.selected || line.b === state.selected);

const hullPadding = (view) => Math.min(26, Math.max(9, 24 * Math.sqrt(view.scale)));

function drawGround(pen, view, colours) {
  pen.faded(state.near ? FADED : 0.6);
  for (const { a, b, width } of links) {
    pen.lines([[...at(view, a), ...at(view, b)]], { colour: colours.tie, width });
  }
  pen.faded(1);
  for (const group of groups) {
    const corners = group.hull.map(([x, y]) => [x * view.scale + view.left, y * view.scale + view.top]);
    const edge = group === state.group ? colours.ring : isClosed(group) ? colours.group : null;
    if (edge) pen.blob(corners, hullPadding(view) + (group === state.group ? 2 : 1), edge);
    pen.blob(corners, hullPadding(view), colours.hull);
  }
  for (const { opacity, lines } of scene.ground) {
    pen.faded(opacity);
    drawTies(pen, view, lines, colours.tie);
  }
  pen.faded(scene.own.opacity);
  drawTies(pen, view, scene.own.lines, colours["tie-strong"]);
  drawSuggestions(pen, view, colours);
}

function drawTies(pen, view, buckets, colour) {
  buckets.forEach((lines, index) => {
    const pairs = lines.map((line) => [...at(view, line.a), ...at(view, line.b)]);
    pen.lines(pairs, { colour, width: [0.9, 1.5, 2.4][index] });
  });
}

function drawSuggestions(pen, view, colours) {
  for (const line of scene.suggestions) {
    const kept = state.selected ? ofSelected(line) : inFocus(line.a) || inFocus(line.b);
    pen.faded(kept ? 1 : FADED);
    const pair = [...at(view, line.a), ...at(view, line.b)];
    pen.lines([pair], { colour: colours.suggestion, width: 2, dash: [7, 4] });
  }
  pen.faded(1);
}

function drawActor(pen, view, actor, colours) {
  const [x, y] = at(view, actor);
  pen.faded(inFocus(actor) ? 1 : FADED);
  const look = { fill: colours[actor.kind], stroke: colours.outline, width: 1.1, name: actor.name };
  pen.symbol(actor.kind, x, y, radiusOf(view, actor), look);
}

function drawMarks(pen, view, colours) {
  for (const [actor, width] of [[state.selected, 3], [state.cursor, 2]]) {
    if (!actor || !visible(actor)) continue;
    const [x, y] = at(view, actor);
    pen.ring(x, y, radiusOf(view, actor) + 5.5, { colour: colours.page, width: width + 3 });
    pen.ring(x, y, radiusOf(view, actor) + 5.5, { colour: colours.ring, width });
  }
}

function drawNames(pen, view, colours, labels) {
  for (const label of labels) {
    const [x, y] = label.actor ? at(view, label.actor) : [label.x * view.scale + view.left, label.y * view.scale + view.top];
    const look = { anchor: label.anchor, size: label.size, weight: label.weight, halo: colours.page };
    pen.text(label.text, x + label.dx, y + label.dy, { ...look, colour: label.actor ? colours.text : colours.group });
  }
}

// From the last rank to the first: the strongest lie on top.
function drawActors(pen, view, colours) {
  for (const actor of scene.actors) drawActor(pen, view, actor, colours);
  pen.faded(1);
}

// The whole map with one pen; the canvas draws the same layers at vis-network's moments.
function drawAll(pen, view, colours, labels) {
  drawGround(pen, view, colours);
  drawActors(pen, view, colours);
  drawMarks(pen, view, colours);
  drawNames(pen, view, colours, labels);
}
