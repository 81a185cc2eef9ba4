// The order in which the page comes alive.
for (const element of document.querySelectorAll(".live")) element.hidden = false;
startNetwork();
startTables();
startControls();
startFilters();
startSearch();
startFiles();
startStory();
startAddress();
guardWheel();
restore(location.hash.slice(1));
if (state.selected) showPanel();
let size = "";
new ResizeObserver(() => {
  const now = `${byId("canvas").clientWidth} ${byId("canvas").clientHeight}`;
  // On paper the canvas has no size; back on the screen it has its old one.
  if (!byId("canvas").clientWidth) return;
  if (size && now !== size) requestAnimationFrame(() => home());
  size = now;
}).observe(byId("canvas"));
// Behind the first picture, in the same frame.
requestAnimationFrame(() => (document.documentElement.dataset.ready = "true"));
