// Makes the chat page live. Everything works without this file too, only with page loads.
// Written for the phones people have: nothing that a browser of 2019 does not know.

import { ask, follow, hangUp } from "./feed.js";
import { lineIsLost } from "./line.js";
import { box, find, refuse, said } from "./page.js";
import { flush, submit } from "./sending.js";
import { bringNewestIntoView, nearEnd } from "./thread.js";

const ESCAPES_WITHIN_MS = 2000;

let clicked = null;
let escapes = [];

// Nothing of the talk stays on the screen, in the title or behind the back button.
function leave() {
  const away = find("[data-exit]").href;
  hangUp();
  document.title = "\u200b";
  document.body.textContent = "";
  location.replace(away);
}

document.addEventListener("click", (event) => {
  clicked = event.target.closest("button");
  if (event.target.closest("[data-exit]")) {
    event.preventDefault();
    leave();
  }
  if (event.target.closest("#fresh")) find("#fresh").hidden = true;
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.hasAttribute("data-live")) return;
  event.preventDefault();
  const button = event.submitter || (clicked && form.contains(clicked) ? clicked : null);
  if (!form.closest("[aria-busy=true]")) submit(form, button);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    escapes = [...escapes, Date.now()].filter((each) => Date.now() - each < ESCAPES_WITHIN_MS);
    if (escapes.length >= 3) leave();
  }
  // With a keyboard at hand Enter sends; while a conversion is open it belongs to that.
  const typing = event.target === box() && !event.isComposing && event.keyCode !== 229;
  const keyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;
  if (event.key === "Enter" && typing && !event.shiftKey && keyboard) {
    event.preventDefault();
    submit(find("#say"), null);
  }
});

document.addEventListener("input", (event) => { if (event.target === box()) refuse(""); });
document.addEventListener("scroll", () => {
  const fresh = find("#fresh");
  if (fresh && !fresh.hidden && nearEnd()) fresh.hidden = true;
}, { passive: true });
document.addEventListener("visibilitychange", () => {
  if (!document.hidden && said().update) ask();
});
addEventListener("online", () => {
  flush();
  if (said().update) ask();
});
addEventListener("offline", lineIsLost);
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

document.documentElement.classList.add("live");
bringNewestIntoView();
follow();
