// The view as the fragment of the address: a copied link shows the same. Things are named, not numbered, so that the
// link also fits next year's map. "#fi-123" alone is short for "#actor=fi-123".
let restoring = false;

function fragment() {
  const { filter, selected, group, looking, step } = state;
  const said = new URLSearchParams();
  if (selected) said.set("actor", selected.id);
  if (group) said.set("group", group.name);
  const hidden = more.kinds.map(([kind]) => kind).filter((kind) => !filter.kinds.has(kind));
  if (hidden.length) said.set("hide", hidden.join(" "));
  if (filter.theme !== null) said.set("theme", more.themes[filter.theme]);
  if (filter.place !== null) said.set("place", more.places[filter.place]);
  if (filter.strength) said.set("strength", filter.strength);
  if (chosenYears(filter)) said.set("years", `${filter.from} ${filter.to}`);
  if (!state.suggestions) said.set("suggestions", "off");
  if (looking) said.set("at", looking.map(Math.round).join(" "));
  if (step) said.set("step", step);
  return [...said.keys()].join() === "actor" ? selected.id : said.toString();
}

// Some frames forbid to change the address.
function remember() {
  if (restoring) return;
  try {
    const text = fragment();
    history.replaceState(null, "", text ? `#${text}` : location.pathname + location.search);
  } catch {
    return;
  }
}

function filterOf(said) {
  const filter = unfiltered();
  for (const kind of (said.get("hide") || "").split(" ")) filter.kinds.delete(kind);
  const number = (names, name) => (names.includes(name) ? names.indexOf(name) : null);
  filter.theme = number(more.themes, said.get("theme"));
  filter.place = number(more.places, said.get("place"));
  filter.strength = ["1", "2"].includes(said.get("strength")) ? Number(said.get("strength")) : 0;
  const [from, to] = (said.get("years") || "").split(" ").map(Number);
  if (span && from <= to) Object.assign(filter, { from: clamped(from), to: clamped(to) });
  return filter;
}

const clamped = (year) => Math.min(span.to, Math.max(span.from, year));

function saidBy(text) {
  if (text.includes("=")) return new URLSearchParams(text);
  try {
    return new URLSearchParams(text ? { actor: decodeURIComponent(text) } : {});
  } catch {
    return new URLSearchParams();
  }
}

// Makes the page show what a fragment says. What it does not say is as at the start.
function restore(text) {
  const said = saidBy(text);
  restoring = true;
  state.step = Number(said.get("step")) in steps ? Number(said.get("step")) : 0;
  // A step's own view, unless the link says more than the step.
  const view = state.step && [...said.keys()].join() === "step" ? saidBy(steps[state.step]) : said;
  state.suggestions = view.get("suggestions") !== "off";
  state.filter = filterOf(view);
  state.hovered = null;
  state.group = groups.find((group) => group.name === view.get("group")) || null;
  state.selected = state.cursor = actorById.get(view.get("actor")) || null;
  if (byId("suggestions-button")) pressed(byId("suggestions-button"), state.suggestions);
  applyFilter();
  if (byId("filters")) byId("filters").open ||= Boolean(narrowed());
  showChosen();
  const at = (view.get("at") || "").split(" ").map(Number);
  state.looking = at.length === 3 && at.every(Number.isFinite) && at[2] > 0 ? at : null;
  home();
  refresh();
  showStep();
  restoring = false;
}

// Only what is new in the address: the page writes it, too.
function openFromAddress() {
  const text = location.hash.slice(1);
  if (text !== fragment()) restore(text);
}

async function copyLink() {
  try {
    await navigator.clipboard.writeText(location.href);
    hint(say("copied"));
  } catch {
    hint(say("not_copied"));
  }
}

function startAddress() {
  byId("link").addEventListener("click", copyLink);
  addEventListener("hashchange", openFromAddress);
}
