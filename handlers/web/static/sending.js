// Sends the page's forms without a reload, one after the other, and again when the line is back.

import { ask, take } from "./feed.js";
import { allSent, lineIsBack, lineIsLost, onBack } from "./line.js";
import { PART, box, find, position, refuse, said, spoken } from "./page.js";
import { nearEnd } from "./thread.js";

const RETRY_MS = 4000;

const queue = [];
let sending = false;
let sayAgain = 0;

onBack(flush);

// Takes a form in: its words stand on the page at once, as not sent yet.
export function submit(form, button) {
  const data = new URLSearchParams(new FormData(form));
  if (button && button.name) data.append(button.name, button.value);
  data.set("nonce", newId());
  const free = form.id === "say";
  const text = free ? box().value.trim() : labels(form, button);
  if (free) {
    if (!text) return refuse(said().empty);
    if ([...text].length > Number(said().limit)) return refuse(said().tooLong);
    box().value = "";
  } else {
    form.closest("[data-part=choices], .welcome").setAttribute("aria-busy", "true");
  }
  refuse("");
  const item = { url: form.getAttribute("action"), data, text, free, line: pendingLine(text) };
  queue.push(item);
  find("#pending").append(item.line);
  if (free || nearEnd()) item.line.scrollIntoView({ block: "nearest" });
  return flush();
}

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((each) => each.toString(16).padStart(2, "0")).join("");
}

function labels(form, button) {
  const ticked = [...form.querySelectorAll("input:checked")].map((each) => each.closest("label"));
  return (ticked.length && button && button.value === "DONE" ? ticked : [button])
    .map((each) => (each ? spoken(find("span", each)) : "")).join(", ");
}

function pendingLine(text) {
  const made = (tag, className, content) => {
    const element = document.createElement(tag);
    element.className = className;
    element.textContent = content;
    return element;
  };
  const line = made("li", "line mine opens", "");
  const bubble = made("div", "bubble", "");
  const words = made("p", "said", text);
  words.dir = "auto";
  bubble.append(words);
  line.append(made("p", "by", said().sending), bubble);
  return line;
}

export async function flush() {
  if (sending || !queue.length) return;
  sending = true;
  clearTimeout(sayAgain);
  const item = queue[0];
  let done = false;
  try {
    const answer = await fetch(`${item.url}?${position()}`, { method: "POST", body: item.data, headers: PART });
    if (answer.status >= 500) throw new Error("server");
    const words = await answer.text();
    queue.shift();
    item.line.remove();
    done = true;
    if (answer.status === 200) await take(words);
    else if (answer.status === 204) await ask();
    else giveBack(item, answer, words);
    allSent();
  } catch {
    if (done) {
      setTimeout(ask, RETRY_MS);
    } else {
      for (const each of queue) find(".by", each.line).textContent = said().notSent;
      lineIsLost();
      sayAgain = setTimeout(flush, RETRY_MS);
    }
  } finally {
    sending = false;
  }
  if (done) {
    lineIsBack();
    flush();
  }
}

function giveBack(item, answer, words) {
  const busy = find("[aria-busy]");
  if (busy) busy.removeAttribute("aria-busy");
  if (item.free && !box().value) box().value = item.text;
  const plain = (answer.headers.get("Content-Type") || "").startsWith("text/plain");
  refuse(plain ? words : answer.status === 413 ? said().tooLong : said().cannotShow);
}
