// Search with suggestions: a combobox with a list (ARIA authoring practices).
const MOST_HITS = 8;
let hits = [];
let active = -1;

function findActors(text) {
  const words = fold(text).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const found = actors.filter((actor) => words.every((word) => actor.folded.includes(word)));
  const first = (actor) => (actor.folded.startsWith(words[0]) ? 0 : actor.folded.includes(` ${words[0]}`) ? 1 : 2);
  return found.sort((p, q) => first(p) - first(q) || p.rank - q.rank);
}

function showHits() {
  const found = findActors(byId("search").value);
  hits = found.slice(0, MOST_HITS);
  active = -1;
  const options = hits.map((actor, index) => {
    const kind = make("span", { class: "count" }, kindNames[actor.kind]);
    const choose = (event) => {
      event.preventDefault();
      chooseHit(index);
    };
    return make("li", { id: `hit-${index}`, role: "option", "aria-selected": "false", on: { pointerdown: choose } }, actor.name, " ", kind);
  });
  byId("hits").replaceChildren(...options);
  openHits(hits.length > 0);
  if (byId("search").value.trim()) announce(found.length ? say("hits", { n: found.length }) : say("no_hits"));
}

function openHits(open) {
  byId("hits").hidden = !open;
  byId("search").setAttribute("aria-expanded", String(open));
  if (!open) byId("search").removeAttribute("aria-activedescendant");
}

function closeHits() {
  hits = [];
  active = -1;
  openHits(false);
}

function chooseHit(index) {
  const actor = hits[index];
  byId("search").value = actor.name;
  closeHits();
  // Whoever is looked for is shown, whatever was filtered.
  if (!actor.shown) changeFilter(unfiltered());
  select(actor);
}

function stepHit(step) {
  if (!hits.length) return;
  active = (active + step + hits.length) % hits.length;
  [...byId("hits").children].forEach((option, index) => option.setAttribute("aria-selected", String(index === active)));
  byId("search").setAttribute("aria-activedescendant", `hit-${active}`);
}

function startSearch() {
  const box = byId("search");
  box.addEventListener("input", showHits);
  box.addEventListener("blur", closeHits);
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") stepHit(1);
    else if (event.key === "ArrowUp") stepHit(-1);
    else if (event.key === "Enter" && hits.length) chooseHit(Math.max(active, 0));
    else if (event.key === "Escape") closeHits();
    else return;
    event.preventDefault();
  });
}
