// vis-network on the page: panning, zooming, hit testing. It draws the actors; ground and names are drawn around them.
const stage = byId("map");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const systemDark = matchMedia("(prefers-color-scheme: dark)");
let network = null;
let labels = [];
let labelTimer = 0;

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
  settle(animation ? 300 : 0);
}

function fit(animated = false) {
  const shown = actors.filter((actor) => actor.drawn);
  const { clientWidth, clientHeight } = byId("canvas");
  if (shown.length && clientWidth) moveTo(viewOf(shown, clientWidth, clientHeight, 2.2), animated);
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
  moveTo({ ...view, scale, left: view.width / 2 - centre.x * scale, top: view.height / 2 - centre.y * scale }, true);
}

// Places the names anew once the view is at rest; while it moves they travel with their actors.
function settle(delay = 90) {
  clearTimeout(labelTimer);
  labelTimer = setTimeout(() => {
    labels = placeLabels(screen());
    network.redraw();
  }, delay);
}

function refresh() {
  labels = placeLabels(screen());
  network.redraw();
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

function symbolRenderer({ ctx, id }) {
  const actor = actors[id];
  const room = (2 * Math.max(radiusOf(screen(), actor), 9)) / network.getScale();
  return {
    drawNode: () => onScreen(ctx, (pen, view, ink) => drawActor(pen, view, actor, ink)),
    nodeDimensions: { width: room, height: room },
  };
}

function startNetwork() {
  // Drawn from the last rank to the first: the strongest lie on top.
  const nodes = actors.filter((actor) => actor.drawn).reverse().map((actor) => (
    { id: actor.number, x: actor.x, y: actor.y, shape: "custom", ctxRenderer: symbolRenderer, size: actor.size }
  ));
  const set = new vis.DataSet(nodes);
  network = new vis.Network(byId("canvas"), { nodes: set, edges: new vis.DataSet([]) }, JSON.parse(data.options));
  stage.querySelector(".vis-network").tabIndex = -1;
  stage.querySelector("canvas").setAttribute("aria-hidden", "true");
  network.on("beforeDrawing", (context) => onScreen(context, drawGround));
  network.on("afterDrawing", (context) => onScreen(context, (pen, view, ink) => {
    drawMarks(pen, view, ink);
    drawNames(pen, view, ink, labels);
  }));
  for (const event of ["zoom", "dragEnd", "animationFinished"]) network.on(event, () => settle());
  network.on("resize", () => settle());
  network.on("click", ({ nodes: hit, pointer }) => {
    const actor = hit.length ? actors[hit[0]] : nearest(pointer.DOM);
    if (actor) select(actor);
    else clear();
  });
  network.on("hoverNode", ({ node }) => hover(actors[node]));
  network.on("blurNode", () => hover(null));
  network.hide = (hidden) => set.update(hidden);
  return network;
}

function hover(actor) {
  state.hovered = actor;
  stage.classList.toggle("over", actor !== null);
  refresh();
}

// A finger is wider than a small symbol.
function nearest({ x, y }) {
  const view = screen();
  let best = null;
  for (const actor of actors) {
    if (!visible(actor) || !inFocus(actor)) continue;
    const [ax, ay] = at(view, actor);
    const distance = Math.hypot(ax - x, ay - y) - radiusOf(view, actor);
    if (distance < 12 && (!best || distance < best.distance)) best = { actor, distance };
  }
  return best && best.actor;
}

// The wheel scrolls the page; with Ctrl (or a pinch on the touchpad, which is the same event) it zooms the map.
let hintTimer = 0;
function guardWheel() {
  stage.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) return;
    event.stopPropagation();
    byId("wheel-hint").textContent = say("wheel");
    byId("wheel-hint").hidden = false;
    clearTimeout(hintTimer);
    hintTimer = setTimeout(() => (byId("wheel-hint").hidden = true), 1200);
  }, { capture: true, passive: true });
}
