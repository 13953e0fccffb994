// Shows what the server tells: the page of the chosen brief, the pictures of its prints, problems and words.
"use strict";

const part = (id) => document.getElementById(id);
const NO_PRINT = "The pages of the PDF follow when the mistakes are mended.";
let state = null;
let shown = ""; // the edition and the key of its page
let coming = null; // the frame that loads

function element(tag, text, name) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (name) made.className = name;
  return made;
}

function chosen() {
  const name = location.hash.slice(1);
  return Object.hasOwn(state.editions, name) ? name : Object.keys(state.editions)[0];
}

// ---- the page

// What of the page a reader has at the top: a block, and how far below the top it begins.
function place(frame) {
  const { document: page, scrollY: top } = frame.contentWindow;
  const blocks = top ? [...page.querySelectorAll("[data-block], li[id], tr[id]")] : [];
  const found = blocks.find((block) => block.getBoundingClientRect().bottom > 0);
  const open = [...page.querySelectorAll("details")].map((fold) => fold.open);
  return { top, open, block: found && mark(found), at: found && found.getBoundingClientRect().top };
}

function mark(block) {
  const name = block.dataset.block;
  return name ? `[data-block="${CSS.escape(name)}"]` : `#${CSS.escape(block.id)}`;
}

function putBack(frame, { top, open, block, at }) {
  const { contentWindow: view } = frame;
  const folds = [...view.document.querySelectorAll("details")];
  if (folds.length === open.length) folds.forEach((fold, number) => (fold.open = open[number]));
  view.scrollTo({ top, behavior: "instant" });
  const found = block && view.document.querySelector(block);
  if (found) view.scrollBy({ top: found.getBoundingClientRect().top - at, behavior: "instant" });
}

function load(name, key) {
  if (shown === `${name} ${key}`) return;
  const keeps = shown.split(" ")[0] === name;
  shown = `${name} ${key}`;
  coming?.remove();
  const frame = (coming = element("iframe", undefined, "coming"));
  frame.title = "Page on a screen";
  frame.src = `/pages/${name}.html`;
  frame.addEventListener("load", () => arrive(frame, keeps));
  part("page").append(frame);
}

async function arrive(frame, keeps) {
  if (frame !== coming) return follow(frame);
  await frame.contentDocument.fonts.ready;
  if (frame !== coming) return;
  coming = null;
  const old = part("page").querySelector("iframe:not(.coming)");
  if (old && keeps) putBack(frame, place(old));
  frame.className = "";
  old?.remove();
  frame.contentDocument.addEventListener("click", leave);
}

// A link of a page has led the frame to another brief.
function follow(frame) {
  const name = frame.contentWindow.location.pathname.slice("/pages/".length, -".html".length);
  if (!Object.hasOwn(state.editions, name)) return;
  shown = `${name} ${state.editions[name].page}`;
  frame.contentDocument.addEventListener("click", leave);
  location.hash = name;
}

// Other sites open in a window of their own, which knows nothing of this one.
function leave(event) {
  const link = event.target.closest("a[href]");
  if (!link || link.origin === location.origin) return;
  event.preventDefault();
  if (/^https?:$/.test(link.protocol)) open(link.href, "_blank", "noopener,noreferrer");
}

// ---- what is around it

function showPrints({ prints, old }) {
  const around = part("prints");
  const wanted = Object.entries(prints).flatMap(([title, [name, pages]]) =>
    Array.from({ length: pages }, (_, at) => ({ title, at, src: `/prints/${name}/${at + 1}.png` })),
  );
  around.classList.toggle("old", old);
  const pictures = [...around.querySelectorAll("img")];
  const alike = wanted.length && wanted.length === pictures.length
    && wanted.every(({ title, at }, number) => pictures[number].alt === alternative(title, at));
  if (!alike) {
    around.replaceChildren(...wanted.flatMap(({ title, at }) => {
      const picture = element("img");
      picture.alt = alternative(title, at);
      return at ? [picture] : [element("h2", title), picture];
    }));
    if (!wanted.length) around.append(element("p", state.at_work ? "The pages of the PDF follow." : NO_PRINT));
  }
  // in place: the old picture stays until the new one is there
  [...around.querySelectorAll("img")].forEach((picture, number) => {
    if (picture.getAttribute("src") !== wanted[number].src) picture.src = wanted[number].src;
  });
}

const alternative = (title, at) => `${title}, page ${at + 1}`;

function showWords(edition) {
  const listed = (shares) => shares.map(({ part: name, words, budget }) => {
    const item = element("li", `${name}: `, budget !== null && words > budget ? "over" : "");
    item.append(element("b", words ?? "–"), budget === null ? "" : ` of ${budget}`);
    return item;
  });
  part("budgets").replaceChildren(...listed(edition.budgets));
  part("sections").replaceChildren(...listed(edition.sections));
}

function line({ place: where, text, rule, severity }) {
  const made = element("li");
  made.append(element("code", where), " ", element("span", severity, severity), ` ${text} `,
    element("span", `[${rule}]`, "rule"));
  return made;
}

function list(problems) {
  const made = element("ol");
  made.append(...problems.map(line));
  return made;
}

function showProblems({ problems, message }) {
  const errors = problems.filter(({ severity }) => severity === "error");
  const warnings = problems.filter(({ severity }) => severity !== "error");
  const around = part("problems");
  const open = around.querySelector("details")?.open ?? false;
  const parts = [];
  if (message) parts.push(element("p", message, "error"));
  if (errors.length) parts.push(list(errors));
  if (warnings.length) {
    const fold = element("details");
    fold.open = open;
    fold.append(element("summary", `${warnings.length} warning${warnings.length > 1 ? "s" : ""}`), list(warnings));
    parts.push(fold);
  }
  around.classList.toggle("mild", !message && !errors.length);
  around.hidden = !parts.length;
  around.replaceChildren(...parts);
}

function showChoice(name) {
  const choice = part("choice");
  const names = Object.keys(state.editions);
  if ([...choice.options].map(({ value }) => value).join() !== names.join()) {
    const option = (key) => new Option(`${state.editions[key].label} (${key})`, key);
    choice.replaceChildren(...names.map(option));
  }
  choice.value = name ?? "";
}

function show() {
  if (!state) return;
  const name = chosen();
  showChoice(name);
  showProblems(state);
  part("at-work").textContent = state.at_work && `${state.at_work} …`;
  if (!name) return;
  const edition = state.editions[name];
  document.title = `${edition.label}: preview`;
  load(name, edition.page);
  showWords(edition);
  showPrints(edition);
}

part("choice").addEventListener("change", (event) => (location.hash = event.target.value));
addEventListener("hashchange", show);
const changes = new EventSource("/changes");
changes.addEventListener("message", (event) => {
  state = JSON.parse(event.data);
  show();
});
changes.addEventListener("error", () => (part("at-work").textContent = "the preview has ended"));
