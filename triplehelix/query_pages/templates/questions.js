// The page: a question is chosen, its conditions are filled in, the server answers.
(() => {
  const { make, find, word, of, served } = Page;
  let question = null;
  let form = null;
  let answer = null; // { result, table, chart, values, duration }
  let problem = null;
  let turn = 0;

  // ---- the address after #: a link to exactly this question with these conditions

  const address = (values) => {
    const parts = new URLSearchParams();
    if (question) parts.set("q", question.name);
    for (const [name, value] of Object.entries(values)) parts.set(`p.${name}`, value);
    if (Page.language() !== "ko") parts.set("lang", Page.language());
    return `#${parts}`;
  };
  const source = (values, format) => `questions/${question.name}?${new URLSearchParams(format ? { ...values, format, lang: Page.language() } : values)}`;

  // ---- asking

  const fetchAnswer = async (values) => {
    const started = performance.now();
    const response = await fetch(source(values), { headers: { accept: "application/sparql-results+json", "accept-language": Page.language() } });
    if (!response.ok) throw Object.assign(new Error(), { status: response.status, told: await tellProblem(response) });
    const result = await response.json();
    const duration = Math.round(performance.now() - started);
    return { result, values, duration, reasons: result.results.bindings.length ? [] : await fetchReasons(values) };
  };
  /** The rows that say why there is no answer. */
  const fetchReasons = async (values) => {
    const query = Form.reason(question, values);
    if (!query) return [];
    const response = await fetch(`sparql?${new URLSearchParams({ query })}`, { headers: { accept: "application/sparql-results+json" } });
    return response.ok ? (await response.json()).results.bindings : []; // the answer is empty all the same
  };
  const tellReason = (row) => of(question.because.message).replace(/\{(\w+)\}/g, (whole, name) => (row[name] ? Answer.name(row[name]) ?? row[name].value : ""));
  const tellProblem = async (response) => {
    const text = await response.text();
    if (!response.headers.get("content-type")?.includes("json")) return "";
    const body = JSON.parse(text);
    return body.detail || body.title || "";
  };

  const ask = async () => {
    const missing = form.missing();
    if (missing) {
      find("status").textContent = word("missing", { name: of(missing.parameter.description) });
      missing.input.focus();
      return;
    }
    turn += 1;
    const mine = turn;
    const values = form.values();
    [answer, problem] = [null, null];
    history.replaceState(null, "", address(values));
    showAnswer();
    find("status").textContent = word("running");
    try {
      const found = await fetchAnswer(values);
      if (mine === turn) answer = found;
    } catch (error) {
      if (mine === turn) problem = { status: error.status ?? 0, told: error.told ?? "" };
    }
    if (mine === turn) showAnswer();
  };

  // ---- showing the answer

  const count = (shown, all) => {
    const rows = shown < all ? word("rowsOf", { count: shown, all }) : all === 1 ? word("rowsOne") : word("rows", { count: Answer.group(String(all)) });
    find("status").textContent = `${rows} · ${word("milliseconds", { count: answer.duration })}`;
  };

  const downloads = () => [
    make("a", { class: "button", href: source(answer.values, "csv"), download: `${question.name}.csv` }, `${word("download")} CSV`),
    make("button", { type: "button", onclick: () => Workbook.save(answer.table.sheet(), question.name) }, `${word("download")} XLSX`),
  ];

  const mapLink = () => {
    const chosen = question.parameters.filter((parameter) => parameter.type === "organization").map((parameter) => Choice.byId.get(answer.values[parameter.name] ?? parameter.default)).find(Boolean);
    const column = question.columns.find((each) => each.type === "organization");
    const leading = column && Choice.byId.get(Answer.idOf(answer.result.results.bindings[0]?.[column.name]));
    const row = chosen ?? leading;
    if (!row) return null;
    const parts = new URLSearchParams({ sel: row.id, lang: Page.language() });
    if (question.group === "gaps") parts.set("gaps", "1");
    return make("a", { class: "button", href: `map.html#${parts}` }, word("onMap", { name: Choice.label(row) }));
  };

  const showRows = () => {
    const filter = make("input", { type: "search", id: "filter", autocomplete: "off", "aria-label": word("filter"), placeholder: word("filter") });
    answer.table ??= Answer.build(question, answer.result, count);
    answer.table.render();
    filter.addEventListener("input", () => answer.table.filter(filter.value));
    const link = make("a", { class: "button", href: address(answer.values) }, word("link"));
    const copy = navigator.clipboard && make("button", { type: "button", onclick: () => Page.copy(link.href, find("status")) }, word("copy"));
    find("tools").replaceChildren(...[filter, ...downloads(), mapLink(), link, copy].filter(Boolean));
    const chart = Chart.build(question, answer.table);
    find("answer").replaceChildren(...[chart, answer.table.box, answer.table.more].filter(Boolean));
  };

  const showEmpty = () => {
    find("tools").replaceChildren(make("a", { class: "button", href: address(answer.values) }, word("link")));
    find("answer").replaceChildren(make("p", { class: "empty" }, of(question.empty) || word("empty"), ...answer.reasons.map((row) => make("span", { class: "reason" }, tellReason(row)))));
    count(0, 0);
  };

  const showProblem = () => {
    const { status, told } = problem;
    const key = ["400", "404", "413", "503", "507"].includes(String(status)) ? status : status ? "other" : "network";
    find("tools").replaceChildren();
    find("answer").replaceChildren(make("div", { class: "problem", role: "alert" }, make("strong", {}, word("error")), make("p", {}, word(`error_${key}`)), told ? make("p", {}, told) : null));
    find("status").textContent = "";
  };

  const showAnswer = () => {
    find("result").hidden = !answer && !problem && turn === 0;
    if (problem) showProblem();
    else if (!answer) { find("tools").replaceChildren(); find("answer").replaceChildren(); find("status").textContent = ""; }
    else if (answer.result.results.bindings.length) showRows();
    else showEmpty();
    showText();
  };

  // ---- showing the question

  const showText = () => {
    const text = Form.sparql(question, form.values());
    find("text").textContent = text;
    find("open-editor").href = `editor.html#${new URLSearchParams({ query: text, tabTitle: of(question.summary), lang: Page.language() })}`;
  };
  const showQuestion = () => {
    find("asked").hidden = !question;
    find("welcome").hidden = Boolean(question);
    document.title = question ? `${of(question.summary)} – ${word("title")}` : word("title");
    document.body.classList.toggle("chosen", Boolean(question));
    if (!question) return;
    find("summary").textContent = of(question.summary);
    find("description").textContent = of(question.description);
    find("for").textContent = question.users.map((user) => word(`user_${user}`)).join(" · ");
  };

  const choose = (chosen, values = {}, quietly = false) => {
    turn += 1;
    [question, answer, problem] = [chosen, null, null];
    Library.mark(question);
    find("fields").replaceChildren();
    form = question && Form.build(question, values, find("fields"));
    showQuestion();
    if (!question) return;
    find("conditions").hidden = !question.parameters.length;
    showAnswer();
    find("result").hidden = true;
    if (!quietly) {
      history.pushState(null, "", address(values));
      find("summary").focus();
      scrollTo({ top: 0 });
    }
    if (served && !form.missing()) ask();
  };

  // ---- wiring

  const speak = (language) => {
    Page.speak(language);
    Library.render();
    showQuestion();
    if (!question) return;
    form.rename();
    showAnswer();
    history.replaceState(null, "", address(answer?.values ?? form.values()));
  };
  const readAddress = () => {
    const parts = new URLSearchParams(location.hash.slice(1));
    const given = [...parts].filter(([name]) => name.startsWith("p.")).map(([name, value]) => [name.slice(2), value]);
    speakOnly(parts.get("lang") === "en" ? "en" : "ko");
    const wanted = Library.get(parts.get("q"));
    find("welcome").textContent = parts.has("q") && !wanted ? word("unknownQuestion", { name: parts.get("q") }) : word("choose");
    choose(wanted, Object.fromEntries(given), true);
  };
  const speakOnly = (language) => { Page.speak(language); Library.render(); };

  find("language").addEventListener("click", () => speak(Page.language() === "ko" ? "en" : "ko"));
  find("form").addEventListener("submit", (event) => { event.preventDefault(); if (served) ask(); });
  find("form").addEventListener("input", showText);
  find("form").addEventListener("focusout", showText);
  find("copy-text").addEventListener("click", () => Page.copy(find("text").textContent, find("status")));
  find("copy-text").hidden = !navigator.clipboard;
  find("all-questions").addEventListener("click", () => { document.body.classList.remove("chosen"); find("search").focus(); });
  find("run").disabled = !served;
  find("no-server").hidden = served;
  addEventListener("hashchange", readAddress);
  addEventListener("popstate", readAddress);
  Library.start((chosen) => choose(chosen));
  readAddress();
})();
