// Keeps what is chosen on a map in the address of the page around it, so that a copied link shows the same.
"use strict";
for (const frame of document.querySelectorAll("iframe[data-hash]")) {
  if (location.hash.length > 1 && !document.getElementById(location.hash.slice(1))) frame.src += location.hash;
  setInterval(() => {
    const map = frame.contentDocument; // null where an error of another origin stands in the frame
    if (map?.documentElement?.dataset.ready === undefined) return;
    const { hash } = frame.contentWindow.location;
    if (hash !== location.hash) history.replaceState(null, "", location.pathname + location.search + hash);
  }, 500);
}
