"use strict";

// What ties are about: their theme, programme, place and host, how firm they are, how they are known,
// whether they are actual, at which level, and when.
const Subjects = (() => {
  const LISTS = ["theme", "programme", "place", "host"];
  const nothing = () => ({ theme: null, programme: null, place: null, host: null, rung: 0, basis: null, modality: null, year: null, against: null });
  const chosen = nothing();

  // An organisation's own place says where it is; an initiative's, where it acts. Both count.
  const of = {
    theme: (tie) => [...tie.themes, ...tie.initiatives.flatMap((one) => one.themes)],
    programme: (tie) => tie.initiatives.filter((one) => !one.event),
    place: (tie) => [...tie.initiatives, ...tie.ends].flatMap((one) => one.places),
    host: (tie) => [...tie.initiatives.flatMap((one) => one.hosts), ...tie.ends.filter((end) => hosting.has(end))],
  };
  const hosting = new Set(Model.initiatives.flatMap((one) => one.hosts));
  const values = Object.fromEntries(LISTS.map((list) => [list, [...new Set(Model.ties.flatMap(of[list]))]]));
  // At parent level a host is found by who stands for it.
  const valuesNow = (list) => (list === "host" ? [...new Set(values.host.flatMap(Levels.bodies))] : values[list]);
  const isOf = (tie, list) => (list === "host" ? of.host(tie).flatMap(Levels.bodies) : of[list](tie)).includes(chosen[list]);

  // The firmest evidence says how a tie is known.
  const basisOf = (tie) => Model.bases.find((basis) => tie.evidence.some((item) => item.basis === basis)) ?? null;
  const isPlanned = (tie) => tie.kind.id === "planned";
  const MODALITIES = { actual: (tie) => !isPlanned(tie), planned: isPlanned };
  const idOf = (row) => String(row.id);
  const byId = Object.fromEntries(LISTS.map((list) => [list, new Map(values[list].map((row) => [idOf(row), row]))]));

  // ---- years: a thing is there from the year it begins to the year it ends; without dates, always

  const year = (date) => (/^\d{4}/.test(date) ? Number(date.slice(0, 4)) : null);
  const lasts = (row, at) => {
    const [first, last] = [year(row.from), year(row.until) ?? (row.event ? year(row.from) : null)];
    return (first === null || first <= at) && (last === null || last >= at);
  };
  const dated = [...Model.ties, ...Model.initiatives].flatMap((row) => [year(row.from), year(row.until)]).filter((one) => one !== null);
  const years = dated.length ? [Math.min(...dated), Math.max(...dated)] : null;
  const isThen = (tie, at) => {
    if (tie.from || tie.until) return lasts(tie, at);
    return !tie.initiatives.length || tie.initiatives.some((one) => lasts(one, at));
  };

  const covers = (tie) =>
    Levels.isThere(tie) &&
    LISTS.every((list) => chosen[list] === null || isOf(tie, list)) &&
    (chosen.basis === null || basisOf(tie) === chosen.basis) &&
    (chosen.modality === null || MODALITIES[chosen.modality](tie)) &&
    (chosen.rung === 0 || tie.rung >= chosen.rung) &&
    (chosen.year === null || isThen(tie, chosen.year) || (chosen.against !== null && isThen(tie, chosen.against)));

  // Against another year: what came since, what is gone, and what stayed.
  const CHANGES = { came: { color: "#0b4f9e", width: 2.2, dashes: [] }, gone: { color: "#b8430f", width: 1.8, dashes: [2, 4] }, stayed: { color: "#8a8a8a", width: 1.2, dashes: [] } };
  const change = (tie) => {
    if (chosen.year === null || chosen.against === null) return null;
    const [now, then] = [chosen.year, chosen.against].map((at) => isThen(tie, at));
    return now && then ? "stayed" : now ? "came" : "gone";
  };

  const isAny = () => [...LISTS, "basis", "modality"].some((name) => chosen[name] !== null) || chosen.rung > 0 || chosen.year !== null;
  const clear = () => {
    Object.assign(chosen, nothing());
    Levels.set("unit");
  };
  // Whoever was chosen as a host at one level is, at the other, whoever stands for it there.
  const setLevel = (level) => {
    Levels.set(level);
    const bodies = chosen.host ? Levels.bodies(chosen.host) : [];
    chosen.host = bodies.find((row) => valuesNow("host").includes(row)) ?? null;
  };

  // ---- the address

  const write = (parts) => {
    for (const list of LISTS) if (chosen[list]) parts.set(list, idOf(chosen[list]));
    if (chosen.rung) parts.set("rung", Model.rungs[chosen.rung].id);
    if (chosen.basis) parts.set("basis", chosen.basis.id);
    if (chosen.modality) parts.set("modality", chosen.modality);
    if (Levels.at() !== "unit") parts.set("level", Levels.at());
    if (chosen.year !== null) parts.set("year", String(chosen.year));
    if (chosen.year !== null && chosen.against !== null) parts.set("against", String(chosen.against));
  };
  const read = (parts) => {
    clear();
    for (const list of LISTS) chosen[list] = byId[list].get(parts.get(list)) ?? null;
    setLevel(parts.get("level"));
    chosen.basis = Model.bases.find((basis) => basis.id === parts.get("basis")) ?? null;
    chosen.modality = Object.keys(MODALITIES).find((name) => name === parts.get("modality")) ?? null;
    chosen.rung = Math.max(0, Model.rungs.findIndex((rung) => rung.id === parts.get("rung")));
    const yearOf = (name) => (years && parts.has(name) && parts.get(name) >= years[0] && parts.get(name) <= years[1] ? Number(parts.get(name)) : null);
    chosen.year = yearOf("year");
    chosen.against = chosen.year === null ? null : yearOf("against");
  };

  // ---- the controls

  const { element } = Build;
  const option = (value, text, selected) => element("option", { value, selected }, text);
  const inOrder = (rows) => rows.map((row) => [Words.of(row), row]).sort(([one], [two]) => one.localeCompare(two, Words.language()));

  const selectFor = (list, onChange) => {
    const onchange = (event) => { chosen[list] = byId[list].get(event.target.value) ?? null; onChange(); };
    const options = inOrder(valuesNow(list)).map(([text, row]) => option(idOf(row), text, chosen[list] === row));
    return labelled(`by-${list}`, Words.word(list), element("select", { id: `by-${list}`, onchange }, option("", Words.word("all"), !chosen[list]), ...options));
  };
  const rungSelect = (onChange) => {
    const onchange = (event) => { chosen.rung = Number(event.target.value); onChange(); };
    const options = Model.rungs.map((rung, at) => option(String(at), Words.of(rung), chosen.rung === at));
    return labelled("by-rung", Words.word("rung"), element("select", { id: "by-rung", onchange }, ...options));
  };
  const only = (basis) => (basis === Model.bases[0] ? Words.of(basis) : Words.language() === "ko" ? `${Words.of(basis)}만` : `${Words.of(basis)} only`);
  const basisSelect = (onChange) => {
    const onchange = (event) => { chosen.basis = Model.bases.find((basis) => basis.id === event.target.value) ?? null; onChange(); };
    const options = Model.bases.map((basis) => option(basis.id, only(basis), chosen.basis === basis));
    return labelled("by-basis", Words.word("basis"), element("select", { id: "by-basis", onchange }, option("", Words.word("all"), !chosen.basis), ...options));
  };
  const modalitySelect = (onChange) => {
    const onchange = (event) => { chosen.modality = event.target.value || null; onChange(); };
    const options = Object.keys(MODALITIES).map((name) => option(name, Words.word(`${name}Only`), chosen.modality === name));
    return labelled("by-modality", Words.word("modality"), element("select", { id: "by-modality", onchange }, option("", Words.word("all"), !chosen.modality), ...options));
  };
  const levelSelect = (onChange) => {
    const onchange = (event) => { setLevel(event.target.value); onChange(); };
    const options = [["unit", "levelUnit"], ["parent", "levelParent"]].map(([level, key]) => option(level, Words.word(key), Levels.at() === level));
    return labelled("by-level", Words.word("level"), element("select", { id: "by-level", onchange }, ...options));
  };
  const labelled = (id, text, control) => element("div", { className: "choice" }, element("label", { htmlFor: id }, text), control);

  const yearControl = (onChange) => {
    const [min, max] = years;
    const shown = element("output", { htmlFor: "by-year" }, chosen.year === null ? Words.word("allYears") : String(chosen.year));
    const slider = element("input", { type: "range", id: "by-year", min, max, step: 1, value: chosen.year ?? max, "aria-valuetext": shown.textContent });
    slider.addEventListener("input", () => { stop(); chosen.year = Number(slider.value); onChange(true); });
    const whole = Build.button(Words.word("allYears"), () => { stop(); chosen.year = chosen.against = null; onChange(); }, "");
    whole.id = "all-years";
    whole.setAttribute("aria-pressed", String(chosen.year === null));
    const playing = Build.button(Words.word(timer ? "pause" : "play"), () => (timer ? halt(onChange) : play(onChange)), "");
    playing.id = "play";
    const buttons = element("div", { className: "years" }, playing, whole);
    return element("div", { className: "choice" }, element("label", { htmlFor: "by-year" }, `${Words.word("year")} `, shown), slider, buttons);
  };
  const againstSelect = (onChange) => {
    const onchange = (event) => {
      chosen.against = event.target.value === "" ? null : Number(event.target.value);
      chosen.year ??= years[1];
      onChange();
    };
    const all = Array.from({ length: years[1] - years[0] + 1 }, (_, at) => years[0] + at);
    const options = all.map((one) => option(String(one), String(one), one === chosen.against));
    return labelled("against", Words.word("against"), element("select", { id: "against", onchange }, option("", Words.word("none"), chosen.against === null), ...options));
  };
  const changeLegend = () => {
    if (chosen.year === null || chosen.against === null) return [];
    const shown = Model.ties.filter(covers).map(change);
    return Object.entries(CHANGES).map(([name, look]) => element("div", { className: "mark" }, Build.tieSymbol(look), Words.word(name), element("span", { className: "number" }, String(shown.filter((one) => one === name).length))));
  };

  // ---- play: one year after another, from the one shown or from the first

  const STEP = 1100;
  let timer = null;
  const stop = () => { clearInterval(timer); timer = null; };
  const halt = (onChange) => { stop(); onChange(true); };
  const play = (onChange) => {
    if (chosen.year === null || chosen.year >= years[1]) chosen.year = years[0];
    timer = setInterval(() => {
      if (chosen.year >= years[1]) return halt(onChange);
      chosen.year += 1;
      return onChange(true);
    }, STEP);
    onChange(true);
  };

  const render = (onChange) => {
    const box = document.getElementById("subjects");
    const held = box.contains(document.activeElement) ? document.activeElement.id : null;
    const parts = LISTS.filter((list) => values[list].length).map((list) => selectFor(list, onChange));
    if (Model.rungs.length) parts.push(rungSelect(onChange));
    if (Model.bases.length > 1) parts.push(basisSelect(onChange));
    if (Model.ties.some(isPlanned)) parts.push(modalitySelect(onChange));
    if (Levels.exists) parts.unshift(levelSelect(onChange));
    if (years) parts.push(yearControl(onChange), againstSelect(onChange), ...changeLegend());
    box.replaceChildren(...parts);
    box.parentElement.hidden = !parts.length;
    if (held) document.getElementById(held)?.focus();
  };

  // What has ended is shown for the years before.
  const isDated = () => chosen.year !== null;

  return { covers, isDated, change: (tie) => CHANGES[change(tie)] ?? null, basisOf, isPlanned, isAny, clear, stop, read, write, render };
})();
