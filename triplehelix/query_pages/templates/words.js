// The words of the page in both languages, and elements made without ever reading markup.
const Page = (() => {
  const payload = JSON.parse(document.getElementById("payload").textContent);
  const SVG = "http://www.w3.org/2000/svg";
  let language = "ko";

  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
  /** The text of a mapping of languages, or the other language's where it is missing. */
  const of = (texts) => texts?.[language] || texts?.[language === "ko" ? "en" : "ko"] || "";
  const word = (key, values = {}) => fill(payload.words[key][language], values);

  const put = (element, attributes, children) => {
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (value !== undefined && value !== null && value !== false) element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return element;
  };
  const make = (tag, attributes = {}, ...children) => put(document.createElement(tag), attributes, children);
  const draw = (tag, attributes = {}, ...children) => put(document.createElementNS(SVG, tag), attributes, children);

  const copy = async (text, status) => {
    await navigator.clipboard.writeText(text);
    status.textContent = word("copied");
  };

  /** Write the fixed words of the page in the chosen language. */
  const speak = (chosen) => {
    language = chosen;
    document.documentElement.lang = chosen;
    for (const element of document.querySelectorAll("[data-text]")) element.textContent = word(element.dataset.text);
    for (const element of document.querySelectorAll("[data-label]")) element.setAttribute("aria-label", word(element.dataset.label));
    for (const element of document.querySelectorAll("[data-placeholder]")) element.placeholder = word(element.dataset.placeholder);
    document.getElementById("language").lang = word("languageCode");
    for (const link of document.querySelectorAll(".tools a")) link.hash = chosen === "ko" ? "" : `lang=${chosen}`;
    document.getElementById("of").textContent = `${of(payload.title)} · ${word("asOf", { date: payload.on })}`;
  };

  /** The page of a record. */
  const record = (id) => `records/${encodeURIComponent(payload.addresses?.[id] ?? `${id}.html`)}${language === "ko" ? "" : `#lang=${language}`}`;

  return {
    payload, record, of, word, make, draw, copy, speak,
    language: () => language,
    find: (id) => document.getElementById(id),
    served: location.protocol.startsWith("http"),
  };
})();
