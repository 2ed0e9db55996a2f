// Keeps a page of the desk true: follows /desk/events and fetches again what has changed.

import { watchForUrgent } from "./alarm.js";
import { take } from "./morph.js";

const POLL_MS = 5_000;
const SILENCE_MS = 45_000; // a beat comes every 20 seconds
const MINUTE_MS = 30_000; // waiting times are counted by the server
const PAUSE_MS = 250;

const main = document.querySelector("[data-live]");
const [headUrl, ...ownUrls] = main.dataset.live.split(" ");
const ownCase = Number(main.dataset.case || 0);
const connection = document.getElementById("connection");
const shared = "BroadcastChannel" in window ? new BroadcastChannel("desk-events") : null;
const fetching = new Map();
let last = Number(main.dataset.after);
let heardAt = Date.now();
let lost = false;
let stale = false;
let signedOut = false;

async function refresh(url) {
  if (signedOut) return;
  if (fetching.has(url)) {
    fetching.set(url, "again");
    return;
  }
  fetching.set(url, "once");
  try {
    const answer = await fetch(url, { credentials: "same-origin", redirect: "error" });
    if (answer.status === 401) signOut();
    if (answer.ok) {
      take(await answer.text());
      document.dispatchEvent(new CustomEvent("desk:refreshed", { detail: url }));
      showCount();
    }
  } catch {
    lost = true;
  }
  setTimeout(() => {
    const again = fetching.get(url) === "again";
    fetching.delete(url);
    if (again) refresh(url);
  }, PAUSE_MS);
}

function refreshAll() {
  stale = false;
  [headUrl, ...ownUrls].forEach(refresh);
}

function refreshOwn() {
  // A page nobody looks at only keeps its count and its alarm.
  if (document.hidden) stale = true;
  else ownUrls.forEach(refresh);
}

function changed(changes) {
  const shown = ([id, kind]) => kind !== "message" || document.getElementById(`case-${id}`);
  if (changes.some(shown)) refresh(headUrl);
  if (ownCase ? changes.some(([id]) => id === ownCase) : changes.some(shown)) refreshOwn();
}

function heard(message) {
  heardAt = Date.now();
  lost = false;
  say("");
  if (message.last < last) return;
  if (message.changes) changed(message.changes);
  else if (message.last > last) refreshAll();
  last = message.last;
}

function follow() {
  if (signedOut) return;
  const source = new EventSource(`${main.dataset.events}?after=${last}`);
  source.addEventListener("update", (event) => {
    const message = { last: Number(event.lastEventId), changes: JSON.parse(event.data) };
    heard(message);
    shared?.postMessage(message);
  });
  source.addEventListener("beat", () => {
    heard({ last });
    shared?.postMessage({ last });
  });
  source.addEventListener("error", () => {
    lost = true;
    if (source.readyState !== EventSource.CLOSED) return;
    refresh(headUrl); // tells whether the sign-in has ended
    setTimeout(follow, POLL_MS);
  });
}

function say(what) {
  if (signedOut) return;
  const words = what ? connection.dataset[what] : "";
  if (connection.textContent !== words) connection.textContent = words;
}

function signOut() {
  signedOut = true;
  const link = document.createElement("a");
  link.href = main.dataset.signIn;
  link.textContent = connection.dataset.signedOut;
  connection.replaceChildren(link);
}

const title = document.title;
function showCount() {
  const waiting = Number(document.getElementById("desk-head").dataset.waiting);
  document.title = waiting ? `(${waiting}) ${title}` : title;
}

shared?.addEventListener("message", (event) => heard(event.data));
if (shared && navigator.locks) {
  // One tab follows for all of this browser: a server has few connections for each of us.
  navigator.locks.request("desk-events", () => new Promise(follow));
} else {
  follow();
}

setInterval(() => {
  if (signedOut || (!lost && Date.now() - heardAt < SILENCE_MS)) return;
  say("lost");
  refreshAll();
}, POLL_MS);
setInterval(refreshOwn, MINUTE_MS);
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && stale) refreshAll();
});
showCount();
watchForUrgent();
