// Keeps what is chosen on a map in the address of the page around it, so that a copied link shows the same.
"use strict";
for (const frame of document.querySelectorAll("iframe[data-hash]")) {
  if (location.hash.length > 1 && !document.getElementById(location.hash.slice(1))) frame.src += location.hash;
  setInterval(() => {
    const hash = frame.contentWindow?.location.hash ?? "";
    if (frame.contentDocument?.documentElement.dataset.ready === undefined || hash === location.hash) return;
    history.replaceState(null, "", location.pathname + location.search + hash);
  }, 500);
}
