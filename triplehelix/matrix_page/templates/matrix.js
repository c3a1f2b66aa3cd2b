"use strict";

// The list behind a cell of a matrix, opened in its place; the address holds which one is open.
(() => {
  const data = JSON.parse(document.getElementById("payload").textContent);
  const find = (id) => document.getElementById(id);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const root = document.documentElement;
  const ORDER = ["gap", "agreement", "joint_work", "meeting"];
  const at = () => (root.lang === "en" ? 1 : 0);
  const word = (key, values = {}) => data.words[key][at()].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const element = (name, attributes = {}, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };
  const sectors = data.sectors.map(([code, ko, en]) => ({ code, names: [ko, en] }));
  const organizations = data.organizations.map(([ko, en, page, sector]) => ({ names: [ko, en], page, sector: sectors[sector] }));
  const pairs = data.pairs.map(([one, two, kinds, shared]) => {
    const own = new Set(data.kinds.filter((_, place) => kinds & (1 << place)));
    return { ends: [organizations[one], organizations[two]], kind: ORDER.find((kind) => own.has(kind)), shared };
  });
  const record = (thing) => element("a", { class: "record", href: `records/${thing.page}${at() ? "?lang=en" : ""}` }, thing.names[at()]);
  const item = (parts, note) => element("li", {}, ...parts, " ", element("small", {}, note));
  let open = "";

  const tellPairs = ([one, two]) => {
    const [first, second] = [one, two].map((code) => sectors.find((sector) => sector.code === code));
    const own = pairs.filter(({ ends: [a, b] }) => (a.sector === first && b.sector === second) || (a.sector === second && b.sector === first));
    const heading = word("pair", { one: first.names[at()], two: second.names[at()], count: own.length });
    const parts = ORDER.flatMap((kind) => {
      const found = own.filter((pair) => pair.kind === kind).sort((a, b) => b.shared - a.shared);
      if (!found.length) return [];
      const shown = found.map(({ ends, shared }) => {
        const turned = ends[0].sector === first ? ends : [ends[1], ends[0]];
        return item([record(turned[0]), " – ", record(turned[1])], word("shared", { count: shared }));
      });
      return [element("h4", kind === "gap" ? { class: "gap" } : {}, `${word(kind)} ${found.length}`), element("ul", {}, ...shown)];
    });
    return [element("h3", {}, heading), ...parts];
  };

  const tellMembers = ([place, row]) => {
    const [, ko, en, members] = data.themes[row];
    const own = members.filter(([organization]) => organizations[organization].sector === sectors[place]);
    const heading = word("members", { one: [ko, en][at()], two: sectors[place].names[at()], count: own.length });
    return [element("h3", {}, heading), element("ul", {}, ...own.map(([organization, count]) => item([record(organizations[organization])], word("taken", { count }))))];
  };

  const show = (moves) => {
    for (const cell of all(".cell")) cell.setAttribute("aria-expanded", String(cell.id === open));
    const [kind, ...places] = open.split(".");
    for (const list of all(".behind")) {
      list.hidden = list.id !== `${kind}-list`;
      if (list.hidden) continue;
      const close = element("button", { type: "button", class: "close" }, word("close"));
      close.addEventListener("click", () => choose(""));
      list.replaceChildren(close, ...(kind === "sector" ? tellPairs(places) : tellMembers(places)));
      if (moves) {
        list.focus({ preventScroll: true });
        list.scrollIntoView({ block: "nearest" });
      }
    }
  };

  const address = () => `#cell=${open}${at() ? "&lang=en" : ""}`;
  const choose = (cell) => {
    const before = open;
    open = cell;
    location.hash = address();
    show(true);
    if (!cell && before) find(before).focus();
  };
  const read = () => {
    const asked = new URLSearchParams(location.hash.slice(1)).get("cell") ?? "";
    return find(asked)?.matches(".cell") ? asked : "";
  };

  for (const cell of all(".cell")) cell.addEventListener("click", () => choose(cell.id === open ? "" : cell.id));
  find("language").addEventListener("click", () => {
    if (location.hash.includes("=")) location.replace(address());
    show(false);
  });
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && open) choose("");
  });
  addEventListener("hashchange", () => {
    const asked = read();
    if (asked === open || (location.hash && !location.hash.includes("="))) return;
    open = asked;
    show(true);
  });
  open = read();
  show(Boolean(open));
})();
