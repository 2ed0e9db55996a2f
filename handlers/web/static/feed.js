// Follows the news: a stream says that there is some, a partial brings it; without a stream the
// page asks now and then.

import { lineIsBack, lineIsLost, lineMayBeLost } from "./line.js";
import { PART, find, parsed, position, said } from "./page.js";
import { replacePage, show } from "./thread.js";

const POLL_MS = 4000;
const OPEN_WITHIN_MS = 10000;

let source = null;
let polling = 0;
let fetching = false;
let fetchAgain = false;

// Asks for what the page lacks. Never fails: a line that is lost is said to be so.
export async function ask() {
  if (fetching) {
    fetchAgain = true;
    return;
  }
  fetching = true;
  try {
    do {
      fetchAgain = false;
      const answer = await fetch(`/chat/thread?${position()}`, { cache: "no-store", headers: PART });
      if (answer.status === 204) await forgotten();
      else if (answer.ok) await take(await answer.text());
      else if (answer.status >= 500) throw new Error("server");
      lineIsBack();
    } while (fetchAgain);
  } catch {
    lineIsLost();
  } finally {
    fetching = false;
  }
}

// Shows a partial, or the whole page where it has become another one.
export async function take(html) {
  if (show(html)) follow();
  else await renew();
}

async function renew() {
  const answer = await fetch("/chat", { cache: "no-store" });
  if (!answer.ok) throw new Error("page");
  const page = parsed(await answer.text());
  hangUp();
  replacePage(page);
  follow();
}

// This device was forgotten in another tab: nothing of the talk may stay here.
function forgotten() {
  return find("[data-part=log]") ? renew() : undefined;
}

export function follow() {
  if (source || polling || !said().update) return;
  if (!window.EventSource) {
    poll();
    return;
  }
  const mine = new EventSource(`/chat/events?after=${said().update}`);
  source = mine;
  const unopened = setTimeout(() => { if (source === mine) poll(); }, OPEN_WITHIN_MS);
  mine.onopen = () => {
    clearTimeout(unopened);
    lineIsBack();
  };
  mine.onmessage = () => ask();
  mine.onerror = () => {
    if (source !== mine) return;
    if (mine.readyState === EventSource.CLOSED) {
      clearTimeout(unopened);
      poll();
    } else {
      lineMayBeLost(ask);
    }
  };
}

function poll() {
  hangUp();
  polling = setInterval(() => { if (!document.hidden) ask(); }, POLL_MS);
  ask();
}

export function hangUp() {
  if (source) source.close();
  source = null;
  clearInterval(polling);
  polling = 0;
}
