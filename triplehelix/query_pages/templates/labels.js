// Names for what YASGUI leaves without one, and its own words in the language of the page.
const Labels = (() => {
  const { payload, find, word } = Page;
  const WORDS = new Map(Object.entries(payload.words).filter(([key]) => key.startsWith("yasgui_")).flatMap(([key, texts]) => [[texts.en.trim(), key], [texts.ko.trim(), key]]));
  const DATA = ".CodeMirror-lines, tbody, thead, [role=tab], .CodeMirror-hints, .errorResult, .overlay + *";

  const say = (text) => {
    const key = WORDS.get(text.trim());
    return key ? word(key) : null;
  };
  const translate = (root) => {
    for (const element of root.querySelectorAll("[title], [aria-label], [placeholder]")) {
      if (element.closest("tbody, thead")) continue;
      for (const name of ["title", "aria-label", "placeholder"]) {
        const words = say(element.getAttribute(name) ?? "");
        if (words && words !== element.getAttribute(name)) element.setAttribute(name, words);
      }
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const [, rows, seconds] = node.data.match(/^(\d+) (?:results?|줄) (?:in|·) ([\d.]+) (?:seconds?|초)$/) ?? [];
      if (rows && !node.parentElement.closest(DATA)) {
        const info = word("yasgui_info", { rows, seconds });
        if (info !== node.data) node.data = info;
        continue;
      }
      const words = node.data.length < 60 && !node.parentElement.closest(DATA) ? say(node.data) : null;
      if (words && words !== node.data.trim()) node.data = words;
    }
  };

  const set = (element, name, value) => { if (element.getAttribute(name) !== value) element.setAttribute(name, value); };
  const name = (root) => {
    for (const area of root.querySelectorAll(".yasqe .CodeMirror textarea")) set(area, "aria-label", word("editorLabel"));
    for (const area of root.querySelectorAll(".yasr .CodeMirror textarea")) set(area, "aria-label", word("yasgui_response"));
    for (const select of root.querySelectorAll("select.tableSizer")) set(select, "aria-label", word("yasgui_size"));
    for (const input of root.querySelectorAll("[role=tab] input")) { set(input, "aria-label", word("yasgui_rename")); set(input, "tabindex", "-1"); }
    for (const list of root.querySelectorAll(".tabsList")) set(list, "aria-label", word("tabs"));
    for (const table of root.querySelectorAll(".yasr_results table")) set(table, "aria-label", word("result"));
    // It stands among the tabs, and arrow keys reach it like one.
    for (const add of root.querySelectorAll("button.addTab")) { set(add, "role", "tab"); set(add, "aria-selected", "false"); }
    for (const head of root.querySelectorAll(".yasr_results thead .dt-column-title:empty")) head.append(Page.make("span", { class: "unseen" }, "#"));
    for (const link of root.querySelectorAll(".yasr_downloadIcon")) { set(link, "aria-label", word("download")); set(link, "role", "button"); }
  };

  const mend = () => { const root = find("yasgui"); translate(root); name(root); };
  const watch = () => {
    let waiting = false;
    new MutationObserver(() => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mend(); });
    }).observe(find("yasgui"), { childList: true, subtree: true, attributes: true, attributeFilter: ["title", "aria-label", "class"] });
    mend();
  };
  return { watch, mend };
})();
