// A field in which one looks for an organisation, a programme, a document… by any of its names.
const Choice = (() => {
  const { payload, make, word } = Page;
  const LIMIT = 10;
  const tables = Object.fromEntries(Object.entries(payload.entries).map(([kind, rows]) => [kind, rows.map(([id, ko, en, alias]) => ({ id, kind, ko, en, alias, folded: [ko, en, ...alias, id].filter(Boolean).map(Search.fold) }))]));
  const byId = new Map(Object.values(tables).flat().map((row) => [row.id, row]));
  const label = (row) => (Page.language() === "ko" ? row.ko : row.en || row.ko);
  const second = (row) => [Page.language() === "ko" ? row.en : row.en && row.ko, ...row.alias].filter(Boolean).join(" · ");
  let fields = 0;

  const look = (kind, text) => {
    const query = Search.fold(text);
    if (!query) return tables[kind].slice(0, LIMIT);
    return tables[kind].map((row) => [Search.rank(query, row.folded), row]).filter(([rank]) => rank >= 0)
      .sort(([one, a], [two, b]) => one - two || a.folded[0].length - b.folded[0].length).slice(0, LIMIT).map(([, row]) => row);
  };

  /** The one row that bears exactly this name, or nothing: who types a whole name need not choose it. */
  const named = (kind, text) => {
    const query = Search.fold(text);
    const rows = query ? tables[kind].filter((row) => row.folded.includes(query)) : [];
    return rows.length === 1 ? rows[0] : null;
  };

  /** A combobox for a kind of thing; `value()` is the identifier chosen or named, or what was typed. */
  const field = (kind, id, attributes, start) => {
    fields += 1;
    const listId = `entries-${fields}`;
    let taken = byId.get(start) ?? null;
    let at = -1;
    const input = make("input", { id, type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": listId, ...attributes });
    const list = make("ul", { id: listId, class: "entries", role: "listbox", "aria-label": word("entries"), hidden: true });
    input.value = taken ? label(taken) : start ?? "";

    const close = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const take = (row) => {
      taken = row;
      input.value = label(row);
      close();
    };
    const mark = (place) => {
      at = place;
      [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      list.children[at].scrollIntoView({ block: "nearest" });
      return input.setAttribute("aria-activedescendant", list.children[at].id);
    };
    const open = () => {
      const rows = look(kind, taken ? "" : input.value);
      list.replaceChildren(...rows.map((row, number) => make("li", { id: `${listId}-${number}`, role: "option", onmousedown: (event) => event.preventDefault(), onclick: () => take(row) }, label(row), make("small", {}, second(row)))));
      if (!rows.length) list.append(make("li", { role: "option", "aria-disabled": "true" }, word("noEntry")));
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(rows.length && input.value && !taken ? 0 : -1);
    };
    input.addEventListener("input", () => { taken = null; open(); });
    input.addEventListener("click", open);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // Enter and arrows belong to the Korean keyboard until the syllable is done
      const count = list.hidden ? 0 : list.querySelectorAll("[id]").length;
      if (event.key === "ArrowDown") { if (list.hidden) open(); else if (count) mark((at + 1) % count); }
      else if (event.key === "ArrowUp" && count) mark((at - 1 + count) % count);
      else if (event.key === "Enter" && count && at >= 0) list.children[at].click();
      else if (event.key === "Escape" && !list.hidden) close();
      else return;
      event.preventDefault();
    });
    return { input, extra: list, value: () => (taken ?? named(kind, input.value))?.id ?? input.value.trim(), rename: () => { if (taken) input.value = label(taken); } };
  };

  return { field, byId, label, kinds: new Set(Object.keys(tables)) };
})();
