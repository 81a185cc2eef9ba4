// Buttons, legend and keys.
function pressed(button, on) {
  button.setAttribute("aria-pressed", String(on));
}

function toggleSuggestions() {
  state.suggestions = !state.suggestions;
  pressed(byId("suggestions-button"), state.suggestions);
  announce(say(state.suggestions ? "suggestions_on" : "suggestions_off"));
  refresh();
  remember();
}

function reset() {
  byId("search").value = "";
  closeHits();
  restore("");
  remember();
  announce(say("reset"));
}

function toggleDark() {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  pressed(byId("dark"), isDark());
  refresh();
}

// The nearest visible actor in the arrow's direction; what lies aside counts as farther.
function neighbour(from, dx, dy) {
  let best = null;
  for (const actor of actors) {
    if (actor === from || !visible(actor)) continue;
    const [x, y] = [actor.x - from.x, actor.y - from.y];
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    if (along <= 0 || aside > 2.2 * along) continue;
    const far = Math.hypot(along, 2 * aside);
    if (!best || far < best.far) best = { actor, far };
  }
  return best ? best.actor : from;
}

const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

function onKey(event) {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const { key } = event;
  if (ARROWS[key]) moveCursor(...ARROWS[key]);
  else if (key === "Enter" || key === " ") state.cursor && select(state.cursor, { focus: key === "Enter" });
  else if (key === "Escape") clear();
  else if (key === "+") zoom(1.3);
  else if (key === "-") zoom(1 / 1.3);
  else if (key === "0") showAll();
  else if (key === "PageDown" && steps.length) stepBy(1);
  else if (key === "PageUp" && steps.length) stepBy(-1);
  else return;
  event.preventDefault();
}

function showAll() {
  fit(true);
  remember();
}

function moveCursor(dx, dy) {
  const start = state.cursor && visible(state.cursor) ? state.cursor : null;
  state.cursor = start ? neighbour(start, dx, dy) : actors.find(visible) || null;
  if (!state.cursor) return;
  if (state.near && !state.near.has(state.cursor)) clear();
  tell(state.cursor);
  reveal([state.cursor]);
  refresh();
}

function startControls() {
  if (byId("suggestions-button")) byId("suggestions-button").addEventListener("click", toggleSuggestions);
  byId("reset").addEventListener("click", reset);
  byId("dark").addEventListener("click", toggleDark);
  byId("zoom-in").addEventListener("click", () => zoom(1.4));
  byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
  byId("zoom-fit").addEventListener("click", showAll);
  for (const group of groups) {
    const button = document.querySelector(`[data-group="${group.id}"]`);
    button.addEventListener("click", () => (state.group === group && !state.selected ? clear() : openGroup(group)));
  }
  stage.addEventListener("keydown", onKey);
  byId("details").addEventListener("keydown", (event) => {
    if (event.key === "Escape") closeDetails();
  });
  systemDark.addEventListener("change", () => {
    pressed(byId("dark"), isDark());
    refresh();
  });
  pressed(byId("dark"), isDark());
}
