// Shows what is new in the thread: adds lines, changes the buttons, keeps the reader's place.

import { box, find, parsed, said } from "./page.js";

const NEAR_END_PX = 240;
const GAP_PX = 12;

// Takes in a partial. False: the page is in another language now, or with furigana or without, or
// was another one, and has to be asked for as a whole.
export function show(html) {
  const news = find("[data-part=news]", parsed(html));
  if (!news) return true;
  if (news.dataset.lang !== said().lang || !find("[data-part=log]")) return false;
  const atEnd = nearEnd();
  const arrived = merge(news);
  for (const name of ["last", "seen", "update"]) said()[name] = news.dataset[name];
  const changed = replaceChoices(find("[data-part=choices]", news));
  if (arrived.length) {
    const mine = (line) => line.classList.contains("mine");
    // A long question opens at its first line, whatever was answered above it.
    const newest = arrived.find((line) => !mine(line)) || arrived[0];
    markNewest(newest);
    if (atEnd || arrived.some(mine)) bringIntoView(newest);
    else find("#fresh").hidden = false;
  } else if (changed && atEnd) {
    scrollTo(0, document.documentElement.scrollHeight);
  }
  return true;
}

// Lines stand in the order of their ids; what is there already is left alone, so that a screen
// reader is told of additions only.
function merge(news) {
  const log = find("[data-part=log]");
  const arrived = [];
  if (news.dataset.whole) {
    // What was erased goes from this page too.
    for (const line of [...log.children]) {
      const isKnown = Number(line.dataset.line) <= Number(news.dataset.last);
      if (isKnown && !find(`#${line.id}`, news)) line.remove();
    }
  }
  for (const line of news.querySelectorAll("[data-line]")) {
    const anchor = find("#newest", line);
    if (anchor) anchor.remove();
    const there = find(`#${line.id}`, log);
    if (there) {
      if (news.dataset.whole) update(there, line);
      continue;
    }
    const id = Number(line.dataset.line);
    const next = [...log.children].find((each) => Number(each.dataset.line) > id) || null;
    line.classList.add("arrived");
    log.insertBefore(document.adoptNode(line), next);
    arrived.push(line);
  }
  return arrived;
}

function update(there, line) {
  const [old, fresh] = [there, line].map((each) => find(".bubble", each));
  there.className = line.className;
  if (old.outerHTML !== fresh.outerHTML) old.replaceWith(document.adoptNode(fresh));
}

function markNewest(line) {
  const old = find("#newest");
  if (old) old.remove();
  const anchor = document.createElement("span");
  anchor.id = "newest";
  anchor.className = "anchor";
  line.prepend(anchor);
}

// The buttons are replaced only when the question is another one: ticks and focus stay.
function replaceChoices(fresh) {
  const place = find("[data-part=choices]");
  const shape = (root) => [...root.querySelectorAll("[data-a], [name=s]")]
    .map((each) => `${each.dataset.q} ${each.dataset.a} ${each.value} ${each.defaultChecked}`).join();
  place.removeAttribute("aria-busy");
  if (shape(place) === shape(fresh)) return false;
  const hadFocus = place.contains(document.activeElement);
  place.textContent = "";
  place.append(...[...fresh.childNodes].map((each) => document.adoptNode(each)));
  if (hadFocus) place.focus({ preventScroll: true });
  return true;
}

export function nearEnd() {
  const page = document.documentElement;
  return page.scrollHeight - scrollY - innerHeight < NEAR_END_PX;
}

function bringIntoView(line) {
  const above = getComputedStyle(find(".top")).position === "static" ? 0 : find(".top").offsetHeight;
  const top = line.getBoundingClientRect().top + scrollY - above - GAP_PX;
  const end = document.documentElement.scrollHeight - innerHeight;
  scrollTo(0, Math.max(0, Math.min(top, end)));
}

// The line from which there is something to read; null on the first page.
export function bringNewestIntoView() {
  const anchor = find("#newest");
  const line = anchor && anchor.closest("[data-line]");
  if (line) bringIntoView(line);
  return line;
}

// Puts another page in the place of this one. What is being typed or sent stays.
export function replacePage(page) {
  const typed = box() ? box().value : "";
  const sending = [...document.querySelectorAll("#pending > .line")];
  document.documentElement.lang = page.documentElement.lang;
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  if (box() && typed) box().value = typed;
  if (find("#pending")) find("#pending").append(...sending);
  const line = bringNewestIntoView();
  if (line) {
    line.tabIndex = -1;
    line.focus({ preventScroll: true });
  } else {
    scrollTo(0, 0);
  }
}
