// vis-network on the page: it pans and zooms, by mouse, finger and command. What is seen is drawn in its hook.
const stage = byId("map");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const systemDark = matchMedia("(prefers-color-scheme: dark)");
let network = null;
let labels = [];
let labelTimer = 0;
let gliding = false;
let drawing = 0;

const isDark = () => (document.documentElement.dataset.theme || (systemDark.matches ? "dark" : "light")) === "dark";
const colours = () => more.palettes[isDark() ? "dark" : "light"];

function screen() {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const scale = network.getScale();
  const centre = network.getViewPosition();
  // The zoom buttons lie over the upper right corner.
  return { scale, left: width / 2 - centre.x * scale, top: height / 2 - centre.y * scale, width, height, kept: [[width - 56, 0, width, 152]] };
}

// The view that holds these actors with room for their names.
function viewOf(shown, width, height, most) {
  const [sides, ends] = [Math.min(78, width * 0.12), Math.min(40, height * 0.09)];
  const xs = shown.map((actor) => actor.x);
  const ys = shown.map((actor) => actor.y);
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const wide = (width - 2 * sides) / Math.max(right - left, 1);
  const high = (height - ends - 1.4 * ends) / Math.max(bottom - top, 1);
  const scale = Math.min(wide, high, most);
  return {
    scale,
    left: width / 2 - ((left + right) / 2) * scale,
    top: height / 2 + ends * 0.2 - ((top + bottom) / 2) * scale,
    width,
    height,
  };
}

function moveTo(view, animated) {
  const position = { x: (view.width / 2 - view.left) / view.scale, y: (view.height / 2 - view.top) / view.scale };
  const animation = animated && !calm.matches ? { duration: 260, easingFunction: "easeInOutQuad" } : false;
  network.moveTo({ position, scale: view.scale, animation });
  if (state.looking) state.looking = [position.x, position.y, view.width / view.scale];
  gliding = Boolean(animation);
  settle(gliding ? 300 : 0);
}

// The reader has moved the map.
function looked() {
  const { x, y } = network.getViewPosition();
  state.looking = [x, y, byId("canvas").clientWidth / network.getScale()];
  remember();
}

function fit(animated = false) {
  state.looking = null;
  const shown = state.group ? state.group.members : actors.filter((actor) => actor.drawn);
  const { clientWidth, clientHeight } = byId("canvas");
  if (shown.length && clientWidth) moveTo(viewOf(shown, clientWidth, clientHeight, 2.2), animated);
}

// The part of the map that the reader moved to, else what is chosen, else all of it.
function home() {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  if (!width) return;
  if (!state.looking) {
    fit();
    if (state.selected) reveal([...state.near || []].filter(visible));
    return;
  }
  moveTo(viewAt(state.looking, width, height));
}

function viewAt([x, y, wide], width, height) {
  const scale = Math.min(8, Math.max(0.05, width / wide));
  return { scale, left: width / 2 - x * scale, top: height / 2 - y * scale, width, height };
}

// Shows these actors: moves only where one of them is out of sight.
function reveal(shown) {
  const view = screen();
  const hidden = shown.filter((actor) => {
    const [x, y] = at(view, actor);
    return x < 24 || y < 24 || x > view.width - 24 || y > view.height - 24;
  });
  if (hidden.length) moveTo(viewOf(shown, view.width, view.height, view.scale), true);
}

function zoom(factor) {
  const view = screen();
  const scale = Math.min(8, Math.max(0.05, view.scale * factor));
  const centre = network.getViewPosition();
  state.looking = [];
  moveTo({ ...view, scale, left: view.width / 2 - centre.x * scale, top: view.height / 2 - centre.y * scale }, true);
  remember();
}

// Places the names anew once the view is at rest; while it moves they travel with their actors.
function settle(delay = 90) {
  clearTimeout(labelTimer);
  labelTimer = setTimeout(() => {
    gliding = false;
    labels = placeLabels(screen());
    redraw();
  }, delay);
}

function refresh() {
  // Names are placed here, unless the map is still on its way.
  if (!gliding) clearTimeout(labelTimer);
  compose();
  labels = placeLabels(screen());
  redraw();
}

// Once before the next picture, however often it is asked for; not at all where vis-network draws by itself until then.
function redraw() {
  drawing ||= requestAnimationFrame(() => network.redraw());
}

function drawn() {
  cancelAnimationFrame(drawing);
  drawing = 0;
}

// Runs a drawing in pixels of the screen instead of vis-network's world.
function onScreen(context, draw) {
  const view = screen();
  const ratio = context.canvas.width / Math.max(view.width, 1);
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  draw(new CanvasPen(context), view, colours());
  context.restore();
}

function startNetwork() {
  const nothing = { nodes: new vis.DataSet([]), edges: new vis.DataSet([]) };
  network = new vis.Network(byId("canvas"), nothing, JSON.parse(data.options));
  stage.querySelector(".vis-network").tabIndex = -1;
  stage.querySelector("canvas").setAttribute("aria-hidden", "true");
  network.on("afterDrawing", (context) => {
    drawn();
    onScreen(context, (pen, view, ink) => drawAll(pen, view, ink, labels));
  });
  for (const event of ["zoom", "dragEnd", "animationFinished"]) network.on(event, () => settle());
  for (const event of ["zoom", "dragEnd"]) network.on(event, looked);
  network.on("resize", () => settle());
  network.on("click", ({ pointer }) => choose(pointer.DOM));
  let waiting = false;
  stage.addEventListener("pointermove", (event) => {
    if (waiting || event.pointerType !== "mouse" || event.buttons) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      const box = byId("canvas").getBoundingClientRect();
      hover({ x: event.clientX - box.left, y: event.clientY - box.top });
    });
  });
}

function choose(point) {
  const actor = nearest(point, 12);
  const group = more.crowded && !actor ? groupAt(point) : null;
  if (actor) select(actor);
  else if (group && group !== state.group) openGroup(group);
  else clear();
}

function hover(point) {
  const actor = nearest(point, 3);
  stage.classList.toggle("over", Boolean(actor || (more.crowded && groupAt(point))));
  if (actor === state.hovered) return;
  state.hovered = actor;
  refresh();
}

// A point lies in a hull when it is on the same side of all its edges.
function groupAt({ x, y }) {
  const view = screen();
  const [px, py] = [(x - view.left) / view.scale, (y - view.top) / view.scale];
  const room = hullPadding(view) / view.scale;
  return groups.find(({ hull, members }) => {
    if (members.some((actor) => Math.hypot(actor.x - px, actor.y - py) < room)) return true;
    return hull.length > 2 && hull.every(([ax, ay], index) => {
      const [bx, by] = hull[(index + 1) % hull.length];
      return (bx - ax) * (py - ay) - (by - ay) * (px - ax) >= 0;
    });
  }) || null;
}

// The actor at a point, or at most so many pixels beside it: a finger is wider than a small symbol.
function nearest({ x, y }, most) {
  const view = screen();
  let best = null;
  for (const actor of scene.actors) {
    if (!inFocus(actor)) continue;
    const [ax, ay] = at(view, actor);
    const distance = Math.hypot(ax - x, ay - y) - radiusOf(view, actor);
    if (distance < most && (!best || distance < best.distance)) best = { actor, distance };
  }
  return best && best.actor;
}

// A line over the map that goes away by itself.
let hintTimer = 0;
function hint(text) {
  byId("hint").textContent = text;
  byId("hint").hidden = false;
  announce(text);
  clearTimeout(hintTimer);
  hintTimer = setTimeout(() => (byId("hint").hidden = true), 1200);
}

// The wheel scrolls the page; with Ctrl (or a pinch on the touchpad, which is the same event) it zooms the map.
function guardWheel() {
  stage.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    hint(say("wheel"));
  }, { capture: true, passive: true });
}
