// Whether the line to the server holds, and what is said about it.

import { find, said, status } from "./page.js";

const LOST_AFTER_MS = 4000;
const BACK_SHOWN_MS = 4000;

const whenBack = [];
let lost = false;
let timer = 0;

const waiting = () => Boolean(find("#pending .line"));

export function lineIsLost() {
  lost = true;
  status(waiting() ? said().notSent : said().connectionLost, true);
}

export function lineIsBack() {
  clearTimeout(timer);
  timer = 0;
  if (!lost) return;
  lost = false;
  status(said().connectionBack);
  setTimeout(() => { if (!lost && !waiting()) status(""); }, BACK_SHOWN_MS);
  for (const each of whenBack) each();
}

// A stream ends now and then by design: only a line that stays away is worth a question.
export function lineMayBeLost(ask) {
  if (timer) return;
  timer = setTimeout(() => {
    timer = 0;
    ask();
  }, LOST_AFTER_MS);
}

// What was sent has arrived: nothing more to say, as long as the line holds.
export function allSent() {
  if (!lost && !waiting()) status("");
}

export function onBack(callback) {
  whenBack.push(callback);
}
