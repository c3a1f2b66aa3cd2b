"use strict";

// Every page of a record, the list and the reference: the language, the search, links to data.
(() => {
  const find = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const root = document.documentElement;
  const served = location.protocol.startsWith("http");

  // ---- language: both are on the page, one is shown, and links hand the choice on

  const translated = (link, language) => {
    const [path, hash = ""] = link.split("#");
    const file = path.split("?")[0];
    const english = language === "en";
    if (!file.endsWith("map.html")) return file + (english ? "?lang=en" : "") + (hash && `#${hash}`);
    const parts = new URLSearchParams(hash);
    if (english) parts.set("lang", "en");
    else parts.delete("lang");
    return `${parts}` ? `${file}#${parts}` : file;
  };

  const speak = (language) => {
    root.lang = language;
    for (const item of all("[data-ko]")) {
      const words = item.dataset[language];
      if (item.dataset.attribute) item.setAttribute(item.dataset.attribute, words);
      else if (!item.matches("[role=status]")) item.textContent = words;
    }
    find("language").lang = language === "ko" ? "en" : "ko";
    for (const link of all('a[href*=".html"]')) link.setAttribute("href", translated(link.getAttribute("href"), language));
    if (rows.length) order(language);
    tell();
  };

  // ---- the list: what is looked for, among all or one kind, in the order of the language

  const rows = find("search")
    ? all("tr.row").map((element) => ({
        element,
        heading: element.querySelector("th"),
        names: all(".t, a, .alias, .place", element).map((part) => Search.fold(part.textContent)),
      }))
    : [];

  const order = (language) => {
    const name = (row) => (row.heading.querySelector(`[lang="${language}"]`) ?? row.heading).textContent;
    const collator = new Intl.Collator(language, { numeric: true });
    const named = rows.map((row) => ({ row, name: name(row) }));
    named.sort((one, two) => collator.compare(one.name, two.name));
    for (const { row } of named) row.element.parentElement.append(row.element);
  };

  const tell = () => {
    const found = find("found");
    if (!found) return;
    const shown = rows.filter((row) => !row.element.hidden && !row.element.closest("[hidden]")).length;
    found.textContent = found.dataset[root.lang].replace("{shown}", shown).replace("{all}", rows.length);
    find("nothing").hidden = shown > 0;
  };

  const update = () => {
    const words = find("search").value.split(/\s+/).map(Search.fold).filter(Boolean);
    const kind = find("kind").value;
    for (const row of rows) row.element.hidden = !words.every((word) => Search.rank(word, row.names) >= 0);
    for (const part of all("section.kind")) {
      part.hidden = Boolean(kind && part.id !== kind) || !part.querySelector("tr.row:not([hidden])");
    }
    tell();
  };

  if (find("search")) {
    find("search").addEventListener("input", update);
    find("kind").addEventListener("change", update);
    find("search").addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.target.value = "";
      update();
    });
    addEventListener("keydown", (event) => {
      if (event.key !== "/" || event.target.matches("input, select")) return;
      event.preventDefault();
      find("search").focus();
    });
  }

  // ---- what the reader does

  find("language").addEventListener("click", () => {
    speak(root.lang === "ko" ? "en" : "ko");
    // The address of a file cannot be changed without loading it anew.
    if (served) history.replaceState(null, "", translated(location.pathname + location.hash, root.lang));
  });
  addEventListener("beforeprint", () => {
    for (const details of all("details")) details.open = true;
  });
  if (served) for (const part of all(".data")) part.hidden = false;
  const asked = [location.search, location.hash.slice(1)].map((part) => new URLSearchParams(part).get("lang"));
  speak(asked.includes("en") ? "en" : "ko");
})();
