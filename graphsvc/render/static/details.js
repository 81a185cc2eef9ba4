// Choosing an actor, and the panel that says all about it.
function select(actor, { focus = false } = {}) {
  state.selected = actor;
  state.cursor = actor;
  const partners = actor.ties.map((tie) => other(tie, actor));
  const suggested = actor.suggestions.map((line) => other(line, actor));
  state.near = actor.drawn ? new Set([actor, ...partners, ...suggested]) : null;
  showDetails(actor);
  address(`#${actor.id}`);
  tell(actor);
  if (actor.drawn) reveal([...state.near].filter(visible));
  refresh();
  if (focus) byId("details-title").focus();
}

function clear() {
  state.selected = state.near = state.hovered = null;
  byId("details-title").textContent = detailsTitle;
  byId("details-body").replaceChildren(make("p", { class: "note" }, detailsHint));
  address("");
  refresh();
}

const detailsTitle = byId("details-title").textContent;
const detailsHint = byId("details-body").textContent;

// The address names the open actor, so that a link opens it. Some frames forbid that.
function address(hash) {
  try {
    history.replaceState(null, "", hash || location.pathname + location.search);
  } catch {
    return;
  }
}

function tell(actor) {
  const numbers = { n: actor.ties.length, suggested: actor.suggestions.length };
  announce(say("told", { name: actor.name, kind: more.kinds[actor.kind], ...numbers }));
}

const chooser = (actor) => make("button", { type: "button", class: "link", on: { click: () => select(actor, { focus: true }) } }, actor.name);

function showDetails(actor) {
  byId("details-title").textContent = actor.name;
  const facts = [
    ["also", actor.also],
    ["kind", more.kinds[actor.kind]],
    ["themes", actor.themes.join(", ")],
    ["place", actor.place],
    ["group", more.groups[actor.community] || ""],
    ["rank", say("rank_of", { rank: actor.rank, n: actors.length })],
  ];
  const list = make("dl", {});
  for (const [key, value] of facts) if (value) list.append(make("dt", {}, say(key)), make("dd", {}, value));
  if (actor.site) {
    const link = make("a", { href: actor.site, rel: "noopener noreferrer", target: "_blank" }, new URL(actor.site).hostname);
    list.append(make("dt", {}, say("website")), make("dd", {}, link));
  }
  const body = [list];
  if (!actor.drawn) body.unshift(make("p", { class: "note" }, say("off_map")));
  if (actor.suggestions.length) body.push(...suggestedPartners(actor));
  body.push(...currentPartners(actor));
  body.push(make("p", {}, make("button", { type: "button", on: { click: closeDetails } }, say("close"))));
  byId("details-body").replaceChildren(...body);
  byId("details").scrollTop = 0;
}

function closeDetails() {
  clear();
  stage.focus();
}

function suggestedPartners(actor) {
  const items = actor.suggestions.map((line) => {
    const reasons = line.reasons.map((text) => make("li", {}, text));
    const against = line.against.map((text) => make("li", { class: "against" }, say("against", { reason: text })));
    return make("li", {}, chooser(other(line, actor)), make("ul", {}, ...reasons, ...against));
  });
  const title = say("suggested", { n: actor.suggestions.length });
  return [make("h3", { class: "suggested" }, title), make("ul", { class: "partners" }, ...items)];
}

function currentPartners(actor) {
  const items = actor.ties.map((tie) => {
    const shared = tie.via.map(([name, kind, years]) => `${name} (${[kind.toLowerCase(), years].filter(Boolean).join(", ")})`);
    return make("li", {}, chooser(other(tie, actor)), make("div", { class: "via" }, shared.join("; ")));
  });
  const title = say("partners", { n: actor.ties.length });
  return [make("h3", {}, title), make("ul", { class: "partners" }, ...items)];
}
