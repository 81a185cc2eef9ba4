// Choosing an actor or a group, and the panel that says all about it.
function select(actor, { focus = false } = {}) {
  state.selected = state.cursor = actor;
  showChosen();
  tell(actor);
  if (actor.drawn) reveal([...state.near].filter(visible));
  refresh();
  remember();
  if (focus) byId("details-title").focus({ preventScroll: stacked.matches });
  showPanel();
}

// Where the panel stands below the map, a choice brings it into sight.
const stacked = matchMedia("(max-width: 60rem)");
function showPanel() {
  if (stacked.matches) byId("details").scrollIntoView({ block: "nearest", behavior: calm.matches ? "auto" : "smooth" });
}

function openGroup(group, { focus = false } = {}) {
  state.group = group;
  state.selected = null;
  showChosen();
  announce(say("told_group", { name: group.name, n: group.all.length }));
  fit(true);
  refresh();
  remember();
  if (focus) byId("details-title").focus();
}

// The chosen actor goes first, then the group.
function clear() {
  if (!state.selected) leaveGroup();
  state.selected = state.hovered = null;
  showChosen();
  refresh();
  remember();
}

function leaveGroup() {
  if (!state.group) return;
  state.group = null;
  if (!state.looking) fit(true);
}

// Brings panel and map in line with the choice.
function showChosen() {
  const { selected, group } = state;
  state.near = null;
  if (selected && selected.drawn) {
    const lines = [...nearTies(selected), ...selected.suggestions.filter((line) => line.shown)];
    state.near = new Set([selected, ...lines.map((line) => other(line, selected))]);
  } else if (group && !selected) {
    state.near = new Set(group.members);
  }
  for (const button of document.querySelectorAll("[data-group]")) {
    pressed(button, Boolean(group) && button.dataset.group === String(group.id));
  }
  if (selected) showDetails(selected);
  else if (group) showGroup(group);
  else {
    byId("details-title").textContent = detailsTitle;
    byId("details-body").replaceChildren(make("p", { class: "note" }, detailsHint));
  }
}

// Ties stand by weight. In a crowded map a hub has a thousand: its strongest are drawn, the panel lists all.
const MOST_NEAR = 120;
const nearTies = (actor) => actor.ties.filter((tie) => tie.shown).slice(0, more.crowded ? MOST_NEAR : Infinity);

const detailsTitle = byId("details-title").textContent;
const detailsHint = byId("details-body").textContent;

function tell(actor) {
  const numbers = { n: actor.ties.length, suggested: actor.suggestions.length };
  announce(say("told", { name: actor.name, kind: kindNames[actor.kind], ...numbers }));
}

const chooser = (actor) => make("button", { type: "button", class: "link", on: { click: () => select(actor, { focus: true }) } }, actor.name);

// What would push partners off the screen waits behind its heading.
const long = (text) => text.length > 120;
const folded = (key, text) => make("details", {}, make("summary", {}, say(key)), make("p", {}, text));

function showDetails(actor) {
  const facts = [
    ["kind", kindNames[actor.kind]],
    ["themes", long(themesOf(actor)) ? "" : themesOf(actor)],
    ["place", placeOf(actor)],
    ["group", groupNames.get(actor.community) || ""],
    ["rank", say("rank_of", { rank: actor.rank, n: actors.length })],
  ];
  const list = factsOf(facts);
  if (actor.site) {
    const link = linked(actor.site, new URL(actor.site).hostname);
    list.append(make("dt", {}, say("website")), make("dd", {}, link));
  }
  const body = [list];
  if (long(themesOf(actor))) body.push(folded("themes", themesOf(actor)));
  if (actor.also) body.push(folded("also", actor.also));
  if (!actor.drawn) body.unshift(make("p", { class: "note" }, say("off_map")));
  else if (more.crowded && actor.ties.length > MOST_NEAR) {
    body.unshift(make("p", { class: "note" }, say("strongest_drawn", { drawn: MOST_NEAR })));
  }
  if (actor.suggestions.length) body.push(...suggestedPartners(actor));
  body.push(...currentPartners(actor));
  fillDetails(actor.name, body);
}

function showGroup(group) {
  const inside = (line) => line.a.group === group && line.b.group === group;
  const touching = suggestions.filter((line) => line.a.group === group || line.b.group === group);
  const facts = [["group_size", count.format(group.all.length)], ["group_ties", count.format(ties.filter(inside).length)]];
  const first = group.all.slice(0, 10).map((actor) => make("li", {}, chooser(actor)));
  const body = [factsOf(facts), make("h3", {}, say("group_first")), make("ul", { class: "partners" }, ...first)];
  if (touching.length) {
    const pairs = touching.map((line) => make("li", {}, chooser(line.a), " – ", chooser(line.b)));
    body.push(make("h3", { class: "suggested" }, say("group_suggestions")), make("ul", { class: "partners" }, ...pairs));
  }
  fillDetails(group.name, body);
}

function factsOf(facts) {
  const list = make("dl", {});
  for (const [key, value] of facts) if (value) list.append(make("dt", {}, say(key)), make("dd", {}, value));
  return list;
}

function fillDetails(title, body) {
  const close = make("button", { type: "button", on: { click: closeDetails } }, say("close"));
  byId("details-title").textContent = title;
  byId("details-body").replaceChildren(...body, make("p", {}, close));
  byId("details").scrollTop = 0;
}

function closeDetails() {
  clear();
  stage.focus();
}

// "2019–2022", "2019", "since 2019", "until 2022", or nothing.
function yearsOf({ first, last }) {
  if (first && last) return first === last ? String(first) : `${first}–${last}`;
  if (first) return say("years_from", { start: String(first) });
  return last ? say("years_to", { end: String(last) }) : "";
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

const linked = (address, text) => make("a", { href: address, rel: "noopener noreferrer", target: "_blank" }, text);

function sharedOne(each) {
  const about = [each.kind.toLowerCase(), yearsOf(each)].filter(Boolean).join(", ");
  return [each.site ? linked(each.site, each.name) : each.name, ` (${about})`];
}

function currentPartners(actor) {
  const items = actor.ties.map((tie) => {
    const shared = tie.via.flatMap((each) => [...sharedOne(each), "; "]).slice(0, -1);
    return make("li", {}, chooser(other(tie, actor)), make("div", { class: "via" }, ...shared));
  });
  const title = say("partners", { n: actor.ties.length });
  return [make("h3", {}, title), make("ul", { class: "partners" }, ...items)];
}
