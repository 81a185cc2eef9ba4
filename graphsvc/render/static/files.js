// Pictures and tables to take away: SVG, PNG, CSV, paper.
const fileName = (data.heading.normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^A-Za-z0-9]+/g, "-").replace(/^-|-$/g, "").toLowerCase() || "map").slice(0, 60);

function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  announce(say("saved", { file: name }));
}

// The whole map as SVG from the same positions; on paper always in light colours.
function picture({ width, height, ink, framed, looking = null }) {
  const shown = state.group ? state.group.members : actors.filter((actor) => actor.drawn);
  const title = say("picture", { title: data.heading, n: shown.length, summary: more.summary });
  const pen = new SvgPen(width, height, title);
  const [above, below] = framed ? [44, 58] : [0, 0];
  pen.add("rect", { width, height, fill: ink.page });
  const room = height - above - below;
  const view = looking ? viewAt(looking, width, room) : viewOf(shown, width, room, 3);
  const framedView = { ...view, top: view.top + above, height: height - below };
  drawAll(pen, framedView, ink, placeLabels(framedView));
  if (framed) drawFrame(pen, width, height, ink);
  return pen.root;
}

function drawFrame(pen, width, height, ink) {
  const look = { anchor: "start", halo: ink.page };
  pen.text(data.heading, 24, 26, { ...look, size: 20, weight: 700, colour: ink.text });
  pen.text(more.footer, 24, height - 16, { ...look, size: 12, weight: 400, colour: ink.muted });
  let x = 24;
  for (const [kind, name] of more.kinds) {
    pen.symbol(kind, x + 7, height - 40, 7, { fill: ink[kind], stroke: ink.outline, width: 1.1 });
    pen.text(name, x + 20, height - 40, { ...look, size: 12.5, weight: 400, colour: ink.text });
    x += 40 + widthOf(name, 12.5, 400);
  }
  if (state.suggestions && suggestions.length) {
    pen.lines([[x, height - 40, x + 34, height - 40]], { colour: ink.suggestion, width: 2, dash: [7, 4] });
    pen.text(byId("suggestions-button").textContent, x + 42, height - 40, { ...look, size: 12.5, weight: 400, colour: ink.text });
  }
}

const svgText = () => new XMLSerializer().serializeToString(picture({ width: 1600, height: 1100, ink: colours(), framed: true }));

function saveSvg() {
  save(new Blob([svgText()], { type: "image/svg+xml" }), `${fileName}.svg`);
}

function savePng() {
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = make("canvas", { width: 3200, height: 2200 });
    canvas.getContext("2d").drawImage(image, 0, 0, 3200, 2200);
    URL.revokeObjectURL(image.src);
    canvas.toBlob((blob) => (blob ? save(blob, `${fileName}.png`) : announce(say("png_failed"))), "image/png");
  });
  image.addEventListener("error", () => announce(say("png_failed")));
  image.src = URL.createObjectURL(new Blob([svgText()], { type: "image/svg+xml" }));
}

// A cell that a spreadsheet would compute gets an apostrophe. Finnish and Swedish Excel want semicolons and commas.
function cell(value) {
  const decimal = more.language === "en" ? "." : ",";
  if (typeof value === "number") return String(value).replace(".", decimal);
  const safe = value.match(/^\s*[=+\-@]/) ? `'${value}` : value;
  return safe.match(/[";,\r\n]/) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

function csvText(name) {
  const table = TABLES[name];
  const header = document.querySelector(`table[data-table=${name}]`).tHead.rows[0];
  const rows = [[...header.cells].map((each) => each.textContent)];
  for (const item of table.items) {
    if (item.shown) rows.push(table.columns.map((value) => value(item)));
  }
  rows.push([more.footer, narrowed()].filter(Boolean));
  const comma = more.language === "en" ? "," : ";";
  return `\ufeff${rows.map((row) => row.map(cell).join(comma)).join("\r\n")}\r\n`;
}

function saveCsv(name) {
  save(new Blob([csvText(name)], { type: "text/csv;charset=utf-8" }), `${fileName}-${name}.csv`);
}

// The tables are printed as the reader left them: those of a large network fill dozens of pages that few want.
function beforePrint() {
  const paper = { width: 1040, height: 700, ink: more.palettes.light, framed: false };
  const drawing = () => picture({ ...paper, looking: state.step ? state.looking : null });
  if (actors.some((actor) => actor.drawn)) byId("print-map").replaceChildren(...(state.step ? storyFigures(drawing) : [drawing()]));
}

function afterPrint() {
  byId("print-map").replaceChildren();
}

function startFiles() {
  byId("svg").addEventListener("click", saveSvg);
  byId("png").addEventListener("click", savePng);
  for (const button of document.querySelectorAll("[data-csv]")) button.addEventListener("click", () => saveCsv(button.dataset.csv));
  addEventListener("beforeprint", beforePrint);
  addEventListener("afterprint", afterPrint);
}
