// The tables are in the page already; here they get sorting, choosing, filtering and CSV. Row i is item i of the data.
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
      (actor) => actor.measured,
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
  spec.rows.sort((p, q) => (upwards ? 1 : -1) * compare(value(p.item), value(q.item)) || p.index - q.index);
  table.tBodies[0].append(...spec.rows.map((row) => row.row));
  announce(say("sorted", { column: header.textContent }));
}

// The measure stands only in the table, as its language writes numbers.
function readMeasured() {
  for (const { row, item } of TABLES.actors.rows) {
    const text = row.cells[row.cells.length - 1].textContent.replace(/\s/g, "");
    item.measured = Number(more.language === "en" ? text.replace(/,/g, "") : text.replace(",", "."));
  }
}

function startTable(table) {
  const spec = TABLES[table.dataset.table];
  spec.rows = [...table.tBodies[0].rows].map((row, index) => ({ row, index, item: spec.items[index] }));
  for (const { row, item } of spec.rows) {
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
    for (const { row, item } of spec.rows || []) row.hidden = !item.shown;
  }
}

function startTables() {
  for (const table of document.querySelectorAll("table[data-table]")) startTable(table);
  readMeasured();
}
