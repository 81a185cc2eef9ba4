// Which names are written where. Names of groups come first, then actors by rank; a name that finds no free place waits
// until the reader zooms in. Boxes are pixels on the screen.
const NAME_SIZE = 12.5;
const GROUP_SIZE = 13.5;
const LONGEST = 30;
const LONGEST_CHOSEN = 90;
const ruler = document.createElement("canvas").getContext("2d");
const widths = new Map();

function widthOf(text, size, weight) {
  const key = `${weight} ${size} ${text}`;
  if (!widths.has(key)) {
    ruler.font = `${weight} ${size}px ${FONT}`;
    widths.set(key, ruler.measureText(text).width);
  }
  return widths.get(key);
}

const shortened = (name, most = LONGEST) => (name.length > most ? `${name.slice(0, most - 1).trimEnd()}…` : name);
const meets = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

function placeLabels(view) {
  const taken = [...(view.kept || [])];
  const labels = [];
  const symbols = scene.actors.filter(inFocus).map((actor) => {
    const [x, y] = at(view, actor);
    const r = radiusOf(view, actor);
    return { actor, box: [x - r, y - r, x + r, y + r] };
  });
  const onScreen = (box) => box[2] > 0 && box[0] < view.width && box[3] > 0 && box[1] < view.height;
  const inside = (box) => box[0] >= 2 && box[2] <= view.width - 2 && box[1] >= 2 && box[3] <= view.height - 2;
  const near = symbols.filter((symbol) => onScreen(symbol.box));

  for (const group of placesOfGroupNames(view)) {
    const width = widthOf(group.text, GROUP_SIZE, 700);
    const place = group.places.find(([x, y]) => {
      const box = [x - width / 2 - 4, y - 9, x + width / 2 + 4, y + 9];
      const free = inside(box) && !taken.some((each) => meets(each, box)) && !near.some((each) => meets(each.box, box));
      if (free) taken.push(box);
      return free;
    });
    if (!place) continue;
    const [x, y] = [(place[0] - view.left) / view.scale, (place[1] - view.top) / view.scale];
    labels.push({ text: group.text, x, y, dx: 0, dy: 0, anchor: "middle", size: GROUP_SIZE, weight: 700 });
  }

  const first = (actor) => (actor === state.selected || actor === state.cursor || actor === state.hovered ? 0 : 1);
  near.sort((p, q) => first(p.actor) - first(q.actor) || p.actor.rank - q.actor.rank);
  near.forEach(({ actor }, index) => {
    const chosen = first(actor) === 0;
    const weight = chosen || actor === state.selected ? 700 : 400;
    const text = shortened(actor.name, chosen ? LONGEST_CHOSEN : LONGEST);
    const width = widthOf(text, NAME_SIZE, weight);
    const r = radiusOf(view, actor);
    const [x, y] = at(view, actor);
    const options = [
      { anchor: "start", dx: r + 5, dy: 0, box: [x + r + 3, y - 8, x + r + 7 + width, y + 8] },
      { anchor: "end", dx: -r - 5, dy: 0, box: [x - r - 7 - width, y - 8, x - r - 3, y + 8] },
      { anchor: "middle", dx: 0, dy: r + 10, box: [x - width / 2 - 2, y + r + 2, x + width / 2 + 2, y + r + 18] },
      { anchor: "middle", dx: 0, dy: -r - 10, box: [x - width / 2 - 2, y - r - 18, x + width / 2 + 2, y - r - 2] },
    ];
    const free = (option) => inside(option.box) && !taken.some((each) => meets(each, option.box));
    const clear = (option) => !near.some((each) => each.actor !== actor && meets(each.box, option.box));
    // The strongest and the chosen ones are named even where that hides a small symbol.
    const forced = chosen || index < 6;
    const option = options.find((each) => free(each) && clear(each)) || (forced ? options.find(free) : null);
    const last = option || (chosen ? options[0] : null);
    if (!last) return;
    taken.push(last.box);
    labels.push({ actor, text, anchor: last.anchor, dx: last.dx, dy: last.dy, size: NAME_SIZE, weight });
  });
  return labels;
}

// A group's name stands above its hull, or below it, or at a side of its top.
function placesOfGroupNames(view) {
  const padding = hullPadding(view);
  const named = groups.map((group) => {
    const xs = group.hull.map(([x]) => x * view.scale + view.left);
    const ys = group.hull.map(([, y]) => y * view.scale + view.top);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys) - padding, Math.max(...ys) + padding];
    const peak = xs[ys.indexOf(Math.min(...ys))];
    const middle = (left + right) / 2;
    const places = [10, 26].flatMap((far) => [
      ...[peak, middle, left, right].map((x) => [x, top - far]),
      ...[middle, left, right].map((x) => [x, bottom + far + 1]),
    ]);
    if (!isClosed(group)) return { text: shortened(group.name), places };
    // A closed group says how many it holds, in its middle.
    const text = `${shortened(group.name)} (${count.format(group.all.length)})`;
    return { text, places: [[middle, (top + bottom) / 2], [middle, (top + bottom) / 2 - 20], [middle, (top + bottom) / 2 + 20], ...places] };
  });
  const alone = actors.filter((actor) => actor.drawn && actor.shown && !isTied(actor));
  if (alone.length) {
    const xs = alone.map((actor) => actor.x * view.scale + view.left);
    const top = Math.min(...alone.map((actor) => actor.y)) * view.scale + view.top;
    const middle = (Math.min(...xs) + Math.max(...xs)) / 2;
    named.push({ text: more.isolated, places: [[middle, top - 24], [middle, top - 18]] });
  }
  return named;
}
