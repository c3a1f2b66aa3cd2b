"use strict";

// Agreements with their states, and links to the pages of records where the map stands among them.
const Records = (() => {
  const { element } = Build;
  const states = Model.table("states");
  const agreements = Model.table("agreements").map((row) => ({
    ...row, state: states[row.state], stateRank: row.state, parties: row.parties.map(Model.present).filter(Boolean), evidence: row.evidence.map((number) => Model.evidence[number]),
  }));
  agreements.sort((one, two) => one.stateRank - two.stateRank || two.until.localeCompare(one.until) || one.id.localeCompare(two.id));

  // Of an organisation, with those of the units that it stands for.
  const of = (row) => agreements.filter((one) => one.parties.some((party) => Levels.bodies(party).includes(row)));
  const between = (ends) => of(ends[0]).filter((one) => of(ends[1]).includes(one));

  const site = Model.payload.site;
  const inLanguage = (page) => (Words.language() === "en" ? `${page}?lang=en` : page);
  const address = (row) => inLanguage(`records/${encodeURIComponent(site.addresses[row.id] ?? `${row.id}.html`)}`);
  // A name as a link to the page of its record, or as text where there is none.
  const link = (row, text = Words.of(row)) => (site ? element("a", { href: address(row), className: "record" }, text) : text);

  // The pages beside the map, in the language of the map.
  const speak = () => {
    for (const page of document.querySelectorAll("#pages a")) page.setAttribute("href", inLanguage(page.getAttribute("href").split("?")[0]));
  };

  return { of, between, link, speak, isInSite: Boolean(site) };
})();

// What the panel tells of an organisation besides its ties: roles, who depends on it, agreements.
const Profile = (() => {
  const { element, button } = Build;
  const ROLES = ["liaison", "gatekeeper", "itinerant", "coordinator"]; // without directions representatives are gatekeepers
  const NAMED = 6;
  const count = (value) => element("span", { className: "number" }, value.toLocaleString(Words.language()));
  const names = (rows, choose) => rows.flatMap((row, at) => [at ? ", " : "", button(Words.of(row), () => choose(row, null))]);

  const fold = (className, heading, open, ...content) => element("details", { className: `taken ${className}`, open }, element("summary", {}, ...heading), ...content);
  const note = (key) => element("p", { className: "note" }, Words.word(key));

  // Where it stands: what it is a unit of, or its own units, and the page of its record.
  const place = (row, choose) => {
    const [key, others] = Levels.at() === "parent" ? ["unitsOf", Levels.unitsOf(row)] : ["unitIn", Levels.parentsOf(row)];
    const around = others.length ? [element("p", { className: "note" }, `${Words.word(key)}: `, ...names(others, choose))] : [];
    return [...around, ...(Records.isInSite ? [element("p", { className: "note" }, Records.link(row, Words.word("recordPage")))] : [])];
  };

  const roles = (row) => {
    const counts = Levels.broker(row)?.counts;
    const told = counts ? ROLES.filter((role) => counts[role]) : [];
    if (!told.length) return [];
    const total = Object.values(counts).reduce((sum, one) => sum + one, 0);
    const item = (role) => element("div", {}, element("dt", {}, Words.word(role), count(counts[role])), element("dd", {}, Words.word(`${role}Means`)));
    return [fold("roles", [Words.word("roles"), " ", count(total)], false, element("dl", { title: Words.word("rolesNote") }, ...told.map(item)), note("rolesNote"))];
  };

  const cutOff = (row, choose) => {
    const cut = Levels.broker(row)?.cutOff ?? [];
    if (!cut.length) return [];
    return [fold("cut-off", [Words.word("cutOff"), " ", count(cut.length)], cut.length <= NAMED, note("cutOffNote"), element("p", { className: "about" }, ...names(cut, choose)))];
  };

  // ---- agreements: the best state first

  const dates = (one) => {
    const told = [one.signed && `${Words.word("signed")} ${one.signed}`];
    if ((one.from && one.from !== one.signed) || one.until) told.push(`${one.from} ~ ${one.until}`.trim());
    if (one.notice) told.push(`${Words.word("notice")} ${one.notice}`);
    return told.filter(Boolean).join(" · ");
  };
  const agreement = (one, rows, choose, quoted) => {
    const others = one.parties.filter((party) => !rows.includes(party));
    return element("li", {},
      ...(one.state ? [element("span", { className: `state state-${one.state.id}` }, Words.of(one.state)), " "] : []), Records.link(one),
      others.length ? element("p", { className: "about" }, ...names(others, choose)) : "",
      element("p", { className: "about" }, dates(one)), quoted(one));
  };
  const agreements = (found, rows, choose, quoted) => {
    if (!found.length) return [];
    const list = element("ul", { className: "agreements" }, ...found.map((one) => agreement(one, rows, choose, quoted)));
    return [fold("agreed", [Words.word("agreements"), " ", count(found.length)], found.length <= NAMED, list)];
  };

  // Besides a tie, whatever else ties the two.
  const beside = (tie, state, choose, quoted) => {
    const [one, two] = tie.ends;
    const others = one.ties.filter((other) => other !== tie && other.ends.includes(two) && state.shownTies.has(other));
    const item = (other) => element("li", {}, Build.tieSymbol(other.kind), button(`${Words.word(other.kind.id)} · ${Words.of(other, "label_")}`, () => choose(null, other)));
    const listed = others.length ? [element("h3", { className: "beside" }, Words.word("beside"), " ", count(others.length)), element("ul", { className: "ranking" }, ...others.map(item))] : [];
    return [...listed, ...agreements(Records.between(tie.ends), tie.ends, choose, quoted)];
  };

  return {
    beside, place,
    of: (row, choose, quoted) => [...roles(row), ...cutOff(row, choose), ...agreements(Records.of(row), [row], choose, quoted)],
  };
})();
