// Which actors, ties and suggestions pass what the reader has chosen: worked out once for a choice, not for each frame.

// All that lies in the chosen one, itself included; above[i] is the number of what i lies in.
function withAllBelow(chosen, above) {
  const inside = (number) => number !== null && number !== undefined && (number === chosen || inside(above[number]));
  return new Set(above.map((_, number) => number).filter(inside));
}

const chosenYears = ({ from, to }) => Boolean(span) && (from > span.from || to < span.to);

// As in a view of the network: what has no years can't be placed in time.
function runs({ first, last }, { from, to }) {
  return Boolean(first || last) && (first || -Infinity) <= to && (last || Infinity) >= from;
}

function sift() {
  const { filter } = state;
  const themes = filter.theme === null ? null : withAllBelow(filter.theme, more.themesAbove);
  const places = filter.place === null ? null : withAllBelow(filter.place, more.placesAbove);
  const dated = chosenYears(filter);
  for (const each of collaborations) {
    each.passes = (!themes || each.themes.some((theme) => themes.has(theme))) && (!dated || runs(each, filter));
  }
  for (const actor of actors) {
    actor.shown = filter.kinds.has(actor.kind) && (!places || places.has(actor.place))
      && (!themes || actor.themes.some((theme) => themes.has(theme)));
  }
  for (const tie of ties) {
    // A publisher may hide which collaborations a tie rests on.
    const passes = tie.via.length ? tie.via.some((each) => each.passes) : !themes && !dated;
    tie.shown = tie.a.shown && tie.b.shown && tie.width >= filter.strength && passes;
  }
  // Who has no tie of these years, or none so strong, leaves with its ties.
  if (dated || filter.strength) for (const actor of actors) actor.shown &&= actor.ties.some((tie) => tie.shown);
  for (const line of suggestions) line.shown = line.a.shown && line.b.shown;
}

// What narrows the map, in words; empty when nothing does.
function narrowed() {
  const { filter } = state;
  const said = [];
  if (filter.kinds.size < more.kinds.length) said.push([...filter.kinds].map((kind) => kindNames[kind]).join(", "));
  if (filter.theme !== null) said.push(more.themes[filter.theme]);
  if (filter.place !== null) said.push(more.places[filter.place]);
  if (filter.strength) said.push(byId("strength").selectedOptions[0].textContent);
  if (chosenYears(filter)) said.push(`${filter.from}–${filter.to}`);
  return said.length ? say("only", { what: said.join(" · ") }) : "";
}

// Brings the page in line with the filter: controls, map, tables and the line that says so.
function applyFilter() {
  const { filter } = state;
  for (const box of document.querySelectorAll("input[name=kind]")) box.checked = filter.kinds.has(box.value);
  for (const key of ["theme", "place", "strength"]) if (byId(key)) byId(key).value = filter[key] ?? "";
  for (const key of span ? ["from", "to"] : []) {
    byId(key).value = filter[key];
    document.querySelector(`output[for=${key}]`).textContent = filter[key];
  }
  sift();
  byId("only").textContent = narrowed();
  byId("only").hidden = !byId("only").textContent;
  if (state.cursor && !visible(state.cursor)) state.cursor = null;
  filterTables();
}

function changeFilter(change) {
  Object.assign(state.filter, change);
  applyFilter();
  if (state.selected && !state.selected.shown) clear();
  showChosen();
  announce(say("shown", { shown: actors.filter((actor) => actor.shown).length, n: actors.length }));
  refresh();
  remember();
}

function startFilters() {
  const numbered = (text) => (text === "" ? null : Number(text));
  for (const box of document.querySelectorAll("input[name=kind]")) {
    box.addEventListener("change", () => {
      const kinds = new Set(state.filter.kinds);
      kinds[box.checked ? "add" : "delete"](box.value);
      changeFilter({ kinds });
    });
  }
  for (const key of ["theme", "place", "strength"]) {
    if (byId(key)) byId(key).addEventListener("change", () => changeFilter({ [key]: numbered(byId(key).value) }));
  }
  if (!span) return;
  // The two ends of the period push each other along.
  byId("from").addEventListener("input", () => {
    const from = Number(byId("from").value);
    changeFilter({ from, to: Math.max(from, state.filter.to) });
  });
  byId("to").addEventListener("input", () => {
    const to = Number(byId("to").value);
    changeFilter({ to, from: Math.min(to, state.filter.from) });
  });
}
