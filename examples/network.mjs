// The network of organisations, for a web page or Node.js: node examples/network.mjs ADDRESS [KEY]
// In a page of another site, have that site named in GRAPHSVC_ORIGINS, and never put a key into a public page.

const held = new Map(); // address → { tag, answer }

/** Return the JSON at a path of the service; what did not change since is not sent again. */
export async function ask(service, path, key) {
  const url = new URL(path, service);
  const before = held.get(url.href);
  for (;;) {
    const headers = { Accept: "application/json" };
    if (key) headers.Authorization = `Bearer ${key}`;
    if (before) headers["If-None-Match"] = before.tag;
    const response = await fetch(url, { headers });
    const wait = Number(response.headers.get("Retry-After") ?? 1) * 1000;
    if (response.status === 304) return before.answer;
    if (response.status === 429 || response.status === 503) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      continue;
    }
    if (response.status === 202) {
      // A job does it; when that has ended, the same question has its answer.
      await new Promise((resolve) => setTimeout(resolve, wait));
      continue;
    }
    const answer = await response.json();
    if (!response.ok) throw new Error(`${answer.title}: ${answer.detail}`);
    held.set(url.href, { tag: response.headers.get("ETag"), answer });
    return answer;
  }
}

/** Yield the items of a list, page by page. */
export async function* all(service, path, key) {
  const url = new URL(path, service);
  for (let next = ""; next !== null; ) {
    if (next) url.searchParams.set("cursor", next);
    const page = await ask(service, url.pathname + url.search, key);
    yield* page.items;
    next = page.next;
  }
}

const [, script, service, key] = globalThis.process?.argv ?? [];
if (service && import.meta.url.endsWith(script.split("/").at(-1))) {
  const network = await ask(service, "/api/v1/network?identity=organisation", key);
  const again = await ask(service, "/api/v1/network?identity=organisation", key);
  console.log(`${network.nodes.length} organisations, ${network.edges.length} ties`);
  console.log(again === network ? "nothing changed" : "changed");
  let universities = 0;
  for await (const _ of all(service, "/api/v1/actors?kind=university&limit=5", key)) universities += 1;
  console.log(`${universities} universities`);
}
