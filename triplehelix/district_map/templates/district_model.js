"use strict";

// What lies where and who works with whom: counted anew for each choice of sectors and ties.
const Districts = (() => {
  const { data, words } = JSON.parse(document.getElementById("payload").textContent);
  const root = document.documentElement;
  const ORDER = ["gap", "agreement", "joint_work", "meeting"];
  const at = () => (root.lang === "en" ? 1 : 0);

  const areas = data.areas.map(([code, ko, en, sidoKo, sidoEn, x, y], number) => ({
    number, code, x, y, names: [ko, en], sido: [sidoKo, sidoEn], isSido: code.length === 2,
  }));
  const sectors = data.sectors.map(([code, ko, en]) => ({ code: code || "none", names: [ko, en] }));
  const organizations = data.organizations.map(([ko, en, page, sector, places]) => ({
    names: [ko, en], page, sector: sectors[sector], areas: places.map((place) => areas[place]),
  }));
  const undertakings = data.undertakings.map(([ko, en, page, places]) => ({
    names: [ko, en], page, areas: places.map((place) => areas[place]),
  }));
  const pairs = data.pairs.map(([one, two, kinds, shared]) => ({
    ends: [organizations[one], organizations[two]],
    kinds: new Set(data.kinds.filter((_, place) => kinds & (1 << place))),
    shared,
  }));

  const lineKey = (one, two) => [one.code, two.code].sort().join(".");

  // The one kind that a pair is shown as, of those that are chosen.
  const kindOf = (pair, state) => ORDER.find((kind) => pair.kinds.has(kind) && !state.without.has(kind) && (!state.gaps || kind === "gap"));

  const count = (state) => {
    const isShown = (organization) => !state.off.has(organization.sector.code);
    const facts = new Map(areas.map((area) => [area, { area, organizations: [], undertakings: [], within: [], between: [], elsewhere: [], gaps: [] }]));
    const lines = new Map();
    const shown = { organizations: 0, pairs: 0, gaps: 0 };
    for (const organization of organizations.filter(isShown)) {
      shown.organizations += organization.areas.length ? 1 : 0;
      for (const area of organization.areas) facts.get(area).organizations.push(organization);
    }
    for (const thing of undertakings) for (const area of thing.areas) facts.get(area).undertakings.push(thing);
    for (const pair of pairs) {
      const kind = kindOf(pair, state);
      if (!kind || !pair.ends.every(isShown)) continue;
      const tie = { ...pair, kind };
      shown.pairs += 1;
      if (kind === "gap") shown.gaps += 1;
      const touched = new Set(pair.ends.flatMap((end) => end.areas));
      if (kind === "gap") for (const area of touched) facts.get(area).gaps.push(tie);
      place(tie, facts, lines);
    }
    for (const line of lines.values()) for (const area of line.areas) facts.get(area).between.push(...line.ties);
    return { facts, lines, shown };
  };

  const place = (tie, facts, lines) => {
    const [ones, twos] = tie.ends.map((end) => end.areas);
    if (!ones.length || !twos.length) {
      for (const area of [...ones, ...twos]) facts.get(area).elsewhere.push(tie);
      return;
    }
    const seen = new Set();
    for (const one of ones) {
      for (const two of twos) {
        const key = lineKey(one, two);
        if (seen.has(key)) continue;
        seen.add(key);
        if (one === two) facts.get(one).within.push(tie);
        else {
          if (!lines.has(key)) lines.set(key, { key, areas: [one, two].sort((a, b) => (a.code < b.code ? -1 : 1)), ties: [] });
          lines.get(key).ties.push(tie);
        }
      }
    }
  };

  return {
    areas, sectors, kinds: data.kinds, order: ORDER, count, lineKey,
    name: (thing) => thing.names[at()],
    sido: (area) => area.sido[at()],
    title: (area) => (area.isSido ? Districts.word("only_sido", { name: area.names[at()] }) : area.names[at()]),
    word: (key, values = {}) => words[key][at()].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole),
    language: () => (at() ? "en" : "ko"),
    tally: (ties) => ORDER.map((kind) => [kind, ties.filter((tie) => tie.kind === kind).length]).filter(([, number]) => number),
  };
})();
