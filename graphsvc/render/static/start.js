// The order in which the page comes alive.
function openFromAddress() {
  let id = "";
  try {
    id = decodeURIComponent(location.hash.slice(1));
  } catch {
    return;
  }
  const actor = actorById.get(id);
  if (actor && actor !== state.selected) select(actor);
}

for (const element of document.querySelectorAll(".live")) element.hidden = false;
startNetwork();
startTables();
startControls();
startSearch();
startFiles();
guardWheel();
fit();
refresh();
openFromAddress();
addEventListener("hashchange", openFromAddress);
let size = "";
new ResizeObserver(() => {
  const now = `${byId("canvas").clientWidth} ${byId("canvas").clientHeight}`;
  // On paper the canvas has no size; back on the screen it has its old one.
  if (!byId("canvas").clientWidth) return;
  if (size && now !== size) requestAnimationFrame(() => fit());
  size = now;
}).observe(byId("canvas"));
document.documentElement.dataset.ready = "true";
