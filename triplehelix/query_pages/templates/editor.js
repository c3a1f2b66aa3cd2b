// The page: YASGUI with one endpoint, our prefixes and completers, and the library as examples.
(() => {
  const { payload, find, word, of, served, make } = Page;
  const endpoint = new URL("sparql", location.href).href;
  const START = `SELECT DISTINCT ?organization ?name WHERE {
  ?organization a th:University ;
    rdfs:label ?name .
  FILTER(LANG(?name) = "ko")
}
ORDER BY ?name
LIMIT 50`;
  const start = `${Completion.header(START)}\n${START}`;

  // ---- errors in words

  const tellError = async (error) => {
    const text = error.text ?? error.statusText ?? "";
    const body = text.trimStart().startsWith("{") ? JSON.parse(text) : {};
    const status = String(error.status ?? body.status ?? "");
    const key = ["413", "503", "507"].includes(status) ? status : status === "" && !body.title ? "network" : null;
    const told = [body.detail, body.parser].filter(Boolean).join("\n");
    return make("div", { role: "alert" }, make("strong", {}, body.title ?? word("error")), key ? make("p", {}, word(`error_${key}`)) : null, make("pre", {}, told || text));
  };

  // ---- YASGUI

  const { Yasqe, Yasr } = Yasgui;
  Completion.register(Yasqe);
  Yasr.defaults.errorRenderers = [tellError];
  const wanted = new URLSearchParams(Example.asked).get("lang") === "en" ? "en" : "ko";
  Page.speak(wanted); // the first tab is named in it
  const yasgui = new Yasgui(find("yasgui"), {
    autofocus: false,
    persistenceId: "triplehelix",
    copyEndpointOnNewTab: false,
    tabName: word("tab"),
    // A link may name another endpoint; only this one is ever asked.
    populateFromUrl: (linked) => ({ ...linked, requestConfig: { ...linked.requestConfig, endpoint, args: [] } }),
    endpointCatalogueOptions: { getData: () => [] },
    requestConfig: { endpoint, method: "POST", acceptHeaderGraph: "text/turtle", acceptHeaderSelect: "application/sparql-results+json", headers: () => ({ "Accept-Language": Page.language() }) },
    yasqe: { value: start, prefixCcApi: null, createShortLink: undefined, editorHeight: "360px", queryingDisabled: served ? undefined : word("run") },
    yasr: { prefixes: payload.prefixes },
  });
  for (const tab of Object.values(yasgui._tabs)) tab.setEndpoint(endpoint); // kept ones may come from another port

  find("yasgui").addEventListener("click", (event) => {
    const link = event.target.closest(".yasr a.iri");
    const href = link?.getAttribute("href") ?? "";
    if (!href.startsWith(payload.namespace)) return;
    event.preventDefault();
    open(Page.record(decodeURIComponent(href.slice(payload.namespace.length))), "_blank", "noopener");
  });

  // ---- examples, limits, language

  const show = (question) => {
    yasgui.addTab(true, { name: of(question.summary), yasqe: { value: Example.sparql(question) } }, { avoidDuplicateTabs: true });
    Library.mark(question);
  };
  const speak = (language) => {
    Page.speak(language);
    document.title = word("editorTitle");
    Library.render();
    find("terms").textContent = word("terms", Completion.counts);
    yasgui.config.tabName = word("tab");
    Labels.mend();
  };
  find("language").addEventListener("click", () => speak(Page.language() === "ko" ? "en" : "ko"));
  find("no-server").hidden = served;
  Library.start(show);
  speak(wanted);
  Labels.watch();
})();
