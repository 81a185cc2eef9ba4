// The tables are in the page already; here they get sorting, choosing, filtering and CSV. Row i is item i of the data.
// Most readers never open the long ones: a table comes alive when it is opened.
const sharedNames = (tie) => tie.via.map((each) => each.name).join("; ");
const TABLES = {
  suggestions: {
    items: suggestions,
    choose: { 1: (line) => line.a, 2: (line) => line.b },
    columns: [
      (line) => line.rank,
      (line) => line.a.name,
      (line) => line.b.name,
      (line) => line.reasons.join("; "),
      (line) => line.against.join("; "),
      (line) => line.score,
    ],
  },
  actors: {
    items: actors,
    choose: { 1: (actor) => actor },
    columns: [
      (actor) => actor.rank,
      (actor) => actor.name,
      (actor) => kindNames[actor.kind],
      placeOf,
      themesOf,
      (actor) => groupNames.get(actor.community) || "",
      (actor) => actor.ties.length,
      measured,
    ],
  },
  ties: {
    items: ties,
    choose: { 0: (tie) => tie.a, 1: (tie) => tie.b },
    columns: [(tie) => tie.a.name, (tie) => tie.b.name, (tie) => tie.weight, sharedNames],
  },
};
const collator = new Intl.Collator(more.language, { numeric: true });
const compare = (p, q) => (typeof p === "number" ? p - q : collator.compare(p, q));

function sortTable(table, spec, column, header) {
  const upwards = header.getAttribute("aria-sort") !== "ascending";
  for (const each of table.tHead.rows[0].cells) each.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", upwards ? "ascending" : "descending");
  const value = spec.columns[column];
  const order = [...rowsOf(spec)].sort((p, q) => (upwards ? 1 : -1) * compare(value(p.item), value(q.item)) || p.index - q.index);
  table.tBodies[0].append(...order.map((row) => row.row));
  announce(say("sorted", { column: header.textContent }));
}

// The measure stands only in the table, as its language writes numbers.
function measured(actor) {
  const { cells } = rowsOf(TABLES.actors)[actor.number].row;
  const text = cells[cells.length - 1].textContent.replace(/\s/g, "");
  return Number(more.language === "en" ? text.replace(/,/g, "") : text.replace(",", "."));
}

// In the order of the data, however the table is sorted.
function rowsOf(spec) {
  spec.rows ||= [...spec.table.tBodies[0].rows].map((row, index) => ({ row, index, item: spec.items[index] }));
  return spec.rows;
}

function openTable(spec) {
  const { table } = spec;
  for (const { row, item } of rowsOf(spec)) {
    for (const [column, actorOf] of Object.entries(spec.choose)) {
      const actor = actorOf(item);
      const button = make("button", { type: "button", class: "link", on: { click: () => showOnMap(actor) } }, actor.name);
      row.cells[column].replaceChildren(button);
    }
  }
  [...table.tHead.rows[0].cells].forEach((header, column) => {
    const button = make("button", { type: "button", class: "sort" }, header.textContent);
    button.addEventListener("click", () => sortTable(table, spec, column, header));
    header.replaceChildren(button);
  });
}

function showOnMap(actor) {
  select(actor);
  stage.scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
  byId("details-title").focus({ preventScroll: true });
}

function filterTables() {
  for (const spec of Object.values(TABLES)) {
    // Before the first choice nothing is hidden.
    if (spec.table && (spec.rows || narrowed())) for (const { row, item } of rowsOf(spec)) row.hidden = !item.shown;
  }
}

function startTables() {
  for (const table of document.querySelectorAll("table[data-table]")) {
    const spec = TABLES[table.dataset.table];
    spec.table = table;
    const panel = table.closest("details");
    if (panel.open) openTable(spec);
    else panel.addEventListener("toggle", () => openTable(spec), { once: true });
  }
}
