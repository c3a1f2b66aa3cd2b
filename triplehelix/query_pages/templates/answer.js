// The answer as a table: names instead of identifiers, plain numbers, sorted and narrowed at will.
const Answer = (() => {
  const { payload, make, word, of } = Page;
  const NUMBERS = new Set(["integer", "decimal", "money", "percent"]);
  const RECORDS = new Set(["organization", "agreement", "initiative", "event", "document", "theme", "place", "record"]);
  const FIRST = 200;
  const collator = new Intl.Collator("ko", { numeric: true });

  const idOf = (term) => (term?.type === "uri" && term.value.startsWith(payload.namespace) ? decodeURIComponent(term.value.slice(payload.namespace.length)) : null);
  /** 1234567.50 → 1,234,567.50, as printed and without rounding. */
  const group = (digits) => digits.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));
  const isNumber = (text) => /^-?\d+(\.\d+)?$/.test(text);

  /** The name of anything with an identifier, in the language of the page. */
  const name = (term) => {
    if (term?.type !== "uri") return null;
    const [ko, en] = payload.labels[term.value] ?? [];
    const known = Choice.byId.get(idOf(term));
    return known ? Choice.label(known) : ko ? of({ ko, en }) : null;
  };

  const told = (question, head) => {
    const given = new Set(question.parameters.map((parameter) => parameter.name));
    return question.columns.length ? question.columns : head.filter((name) => !given.has(name)).map((name) => ({ name, type: "text", label: { ko: name, en: name }, names: "" }));
  };

  /** The columns that are shown: a record and the column of its name are one. */
  const plan = (question, head) => {
    const columns = told(question, head);
    const named = new Map(columns.filter((column) => column.names).map((column) => [column.names, column]));
    return columns.filter((column) => !named.has(column.name)).map((column) => ({
      name: column.name,
      label: column.names && columns.find((other) => other.name === column.names)?.label || column.label,
      type: column.type,
      record: RECORDS.has(column.type) ? column.name : column.names,
      numeric: NUMBERS.has(column.type),
    }));
  };

  const text = (column, row) => {
    const term = row[column.name];
    const known = column.record && Choice.byId.get(idOf(row[column.record]));
    if (known) return Choice.label(known);
    if (!term) return "";
    if (column.type === "boolean") return word(["true", "1"].includes(term.value) ? "isTrue" : "isFalse");
    if (column.numeric && isNumber(term.value)) return group(term.value) + (column.type === "percent" ? "%" : "");
    return name(term) ?? idOf(term) ?? term.value;
  };
  /** The value for a spreadsheet: digits of which none would be lost are a number. */
  const plain = (column, row) => {
    const value = row[column.name]?.value ?? "";
    return column.numeric && isNumber(value) && value.replace(/\D/g, "").length < 16 ? Number(value) : text(column, row);
  };
  const number = (column, row) => (isNumber(row[column.name]?.value ?? "") ? Number(row[column.name].value) : null);

  const cell = (column, row, first) => {
    const shown = text(column, row);
    const id = column.record && idOf(row[column.record]);
    const content = id && Choice.byId.has(id) ? make("a", { href: Page.record(id) }, shown) : shown;
    return make(first ? "th" : "td", { scope: first ? "row" : null, class: column.numeric ? "figure" : null }, content);
  };

  const compare = (column, direction) => (one, two) => {
    const [a, b] = column.numeric ? [number(column, one), number(column, two)] : [text(column, one), text(column, two)];
    const [noA, noB] = [a === null || a === "", b === null || b === ""];
    if (noA || noB) return Number(noA) - Number(noB); // blanks stay at the end
    return direction * (column.numeric ? a - b : collator.compare(a, b));
  };

  /** Show rows in a box; `tell` is called with how many are shown. */
  const build = (question, result, tell) => {
    const columns = plan(question, result.head.vars);
    let rows = result.results.bindings;
    let order = null;
    let limit = FIRST;
    let query = "";
    const box = make("div", { class: "box", role: "region", tabindex: "0" });
    const more = make("button", { type: "button", onclick: () => { limit = Infinity; render(); } });

    const heading = (column) => {
      const turn = order?.column === column ? order.direction : 0;
      return make("th", { scope: "col", class: column.numeric ? "figure" : null, "aria-sort": { 1: "ascending", "-1": "descending" }[turn] },
        make("button", { type: "button", class: "sort", onclick: () => sort(column) }, of(column.label), make("span", { "aria-hidden": "true" }, { 1: " ▲", "-1": " ▼" }[turn] ?? "")));
    };
    const sort = (column) => {
      order = { column, direction: order?.column === column ? -order.direction : column.numeric ? -1 : 1 };
      rows = [...rows].sort(compare(column, order.direction));
      render();
      box.querySelectorAll("thead button")[columns.indexOf(column)].focus();
    };
    const render = () => {
      const fitting = query ? rows.filter((row) => Search.fold(columns.map((column) => text(column, row)).join(" ")).includes(query)) : rows;
      const first = columns.findIndex((column) => !column.numeric);
      box.setAttribute("aria-label", of(question.summary));
      box.replaceChildren(make("table", {},
        make("thead", {}, make("tr", {}, columns.map(heading))),
        make("tbody", {}, fitting.slice(0, limit).map((row) => make("tr", { class: "row" }, columns.map((column, at) => cell(column, row, at === first)))))));
      more.hidden = fitting.length <= limit;
      more.textContent = word("more", { count: fitting.length - limit });
      tell(fitting.length, rows.length);
    };
    render();
    return { box, more, columns, rows: () => rows, filter(words) { query = Search.fold(words); render(); }, render, sheet: () => [columns.map((column) => of(column.label)), ...rows.map((row) => columns.map((column) => plain(column, row)))] };
  };

  return { build, text, number, name, idOf, group };
})();
