// The list of questions: by subject, searched by title, narrowed to a kind of reader.
const Library = (() => {
  const { payload, make, find, word, of } = Page;
  const byName = new Map(payload.questions.map((question) => [question.name, question]));
  const texts = new Map(payload.questions.map((question) => [question, [question.summary.ko, question.summary.en, question.name.replaceAll("_", " "), ...question.tags, question.description.ko ?? "", question.description.en ?? ""].map(Search.fold)]));
  let shown = payload.questions;
  let chosen = null;
  let choose = () => {};

  const fits = (query, user) => (question) =>
    (!user || question.users.includes(user)) && (!query || Search.rank(query, texts.get(question)) >= 0);

  const link = (question) =>
    make("li", {}, make("a", {
      href: `#q=${question.name}`, "data-name": question.name, "aria-current": question === chosen ? "true" : null,
      onclick: (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        choose(question);
      },
    }, of(question.summary)));

  const render = () => {
    shown = payload.questions.filter(fits(Search.fold(find("search").value), find("user").value));
    const searching = find("search").value.trim() !== "";
    const parts = payload.groups.filter((group) => shown.some((question) => question.group === group)).map((group) => {
      const own = shown.filter((question) => question.group === group);
      const open = searching || own.includes(chosen) || shown.length < 12 || opened.has(group);
      return make("details", { open, ontoggle: (event) => { if (event.target.open) opened.add(group); else opened.delete(group); } },
        make("summary", {}, word(`group_${group}`), " ", make("span", { class: "quiet" }, String(own.length))),
        make("ul", {}, own.map(link)));
    });
    find("list").replaceChildren(...parts, ...(shown.length ? [] : [make("p", { class: "note" }, word("noQuestion"))]));
    find("found").textContent = shown.length === 1 ? word("foundOne") : word("found", { count: shown.length });
  };
  const opened = new Set(payload.groups.slice(0, 1));

  const renderUsers = () => {
    const users = [...new Set(payload.questions.flatMap((question) => question.users))];
    const before = find("user").value;
    find("user").replaceChildren(make("option", { value: "" }, word("everyone")), ...users.map((user) => make("option", { value: user }, word(`user_${user}`))));
    find("user").value = before;
    find("user-choice").hidden = users.length === 0;
  };

  return {
    byName,
    get: (name) => byName.get((name ?? "").replaceAll("-", "_")) ?? null,
    start(act) {
      choose = act;
      find("search").addEventListener("input", render);
      find("search").addEventListener("keydown", (event) => {
        if (event.isComposing) return;
        if (event.key === "Escape") { find("search").value = ""; render(); }
        if (event.key === "Enter" && shown.length) choose(shown[0]);
      });
      find("user").addEventListener("change", render);
      document.addEventListener("keydown", (event) => {
        if (event.key !== "/" || event.target.closest("input, select, textarea, .CodeMirror")) return;
        event.preventDefault();
        find("search").focus();
      });
    },
    mark(question) {
      chosen = question;
      for (const item of find("list").querySelectorAll("a")) {
        if (item.dataset.name === question?.name) { item.setAttribute("aria-current", "true"); item.closest("details").open = true; }
        else item.removeAttribute("aria-current");
      }
    },
    render() { renderUsers(); render(); },
  };
})();
