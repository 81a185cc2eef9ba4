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

// Without a partner on the map an actor stands in the rows below, outside of its group.
const isTied = (actor) => actor.ties.some((tie) => tie.drawn);

// Groups as they stand: hulls hold all their actors, also those that a filter hides, so that the map keeps its shape.
const groups = Object.entries(more.groups)
  .map(([id, name]) => {
    const members = actors.filter((actor) => actor.drawn && String(actor.community) === id && isTied(actor));
    return { name, members, hull: hullOf(members.map((actor) => [actor.x, actor.y])) };
  })
  .filter((group) => group.members.length > 2);

const hullPadding = (view) => Math.min(26, Math.max(9, 24 * Math.sqrt(view.scale)));

function drawGround(pen, view, colours) {
  pen.faded(1);
  for (const group of groups) {
    const corners = group.hull.map(([x, y]) => [x * view.scale + view.left, y * view.scale + view.top]);
    pen.blob(corners, hullPadding(view), colours.hull);
  }
  const ground = ties.filter((tie) => lineVisible(tie) && !tie.quiet && !ofSelected(tie));
  // Many ties are drawn fainter: together they stay a texture behind the names.
  const crowd = Math.max(0.3, Math.min(0.7, Math.sqrt(190 / Math.max(ground.length, 1)))) * (state.near ? FADED : 1);
  const within = (tie) => tie.a.community === tie.b.community;
  pen.faded(crowd * 0.6);
  drawTies(pen, view, ground.filter((tie) => !within(tie)), colours.tie);
  pen.faded(crowd);
  drawTies(pen, view, ground.filter(within), colours.tie);
  pen.faded(1);
  if (state.selected) drawTies(pen, view, state.selected.ties.filter(lineVisible), colours["tie-strong"]);
  if (state.suggestions) drawSuggestions(pen, view, colours);
}

const ofSelected = (line) => state.selected && (line.a === state.selected || line.b === state.selected);

function drawTies(pen, view, lines, colour) {
  const buckets = [[], [], []];
  for (const line of lines) {
    buckets[widthClass(line)].push([...at(view, line.a), ...at(view, line.b)]);
  }
  buckets.forEach((pairs, index) => pen.lines(pairs, { colour, width: [0.9, 1.5, 2.4][index] }));
}

function drawSuggestions(pen, view, colours) {
  for (const line of suggestions.filter(lineVisible)) {
    pen.faded(state.selected && !ofSelected(line) ? FADED : 1);
    const pair = [...at(view, line.a), ...at(view, line.b)];
    pen.lines([pair], { colour: colours.suggestion, width: 2, dash: [7, 4] });
  }
  pen.faded(1);
}

function drawActor(pen, view, actor, colours) {
  const [x, y] = at(view, actor);
  pen.faded(inFocus(actor) ? 1 : FADED);
  const look = { fill: colours[actor.kind], stroke: colours.outline, width: 1.1 };
  pen.symbol(actor.kind, x, y, radiusOf(view, actor), look);
  pen.faded(1);
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

// The whole map with one pen; the canvas draws the same layers at vis-network's moments.
function drawAll(pen, view, colours) {
  drawGround(pen, view, colours);
  for (const actor of [...actors].reverse()) if (visible(actor)) drawActor(pen, view, actor, colours);
  drawMarks(pen, view, colours);
  drawNames(pen, view, colours, placeLabels(view));
}
