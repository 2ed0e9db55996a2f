// The pretend phone: shows one chat at a time, polls for news, sends what the person does.

import * as book from "./book.js";
import { entryElement, unsentElement } from "./bubbles.js";
import { actionButton, el } from "./dom.js";
import { news, post } from "./talk.js";

const POLL_MS = 500;
const RECEIPTS = 50;
const $ = (id) => document.getElementById(id);
const view = { after: 0, run: null, last: null, spent: 0, friendship: null, atEnd: true };

// Doing things

async function act(verb, payload) {
  const phone = book.current();
  const sent = post(phone.id, verb, payload);
  poll();
  try {
    showReceipt(phone, await sent);
  } catch (error) {
    showReceipt(phone, { event_type: String(error.message), status: null, took_ms: 0, event_id: "" });
  }
  poll();
}

function tap(action) {
  switch (action.type) {
    case "postback":
      return act("postback", { data: action.data, displayText: action.displayText ?? action.text });
    case "message":
      return act("text", { text: action.text });
    case "uri":
      if (/^(https?|tel):/i.test(action.uri)) window.open(action.uri, "_blank", "noopener");
      return null;
    case "clipboard":
      return navigator.clipboard.writeText(action.clipboardText);
    case "datetimepicker":
      return pickTime(action);
    case "location":
      return act("location");
    default:
      return act("image");
  }
}

function pickTime(action) {
  const field = $("picker-value");
  field.type = action.mode === "datetime" ? "datetime-local" : action.mode;
  field.value = action.initial ?? "";
  field.min = action.min ?? "";
  field.max = action.max ?? "";
  const dialog = $("picker");
  dialog.returnValue = "";
  dialog.onclose = () => {
    if (dialog.returnValue !== "ok" || !field.value) return;
    act("postback", { data: action.data, params: { [action.mode]: field.value } });
  };
  dialog.showModal();
}

// Showing things

function showReceipt(phone, receipt) {
  const fine = receipt.status !== null && receipt.status >= 200 && receipt.status < 300;
  const words = `${receipt.event_type} ${fine ? "✓" : "✗"} ${receipt.status ?? "届かず / no answer"}`;
  $("last-receipt").textContent = `${words} · ${receipt.took_ms} ms`;
  $("last-receipt").className = fine ? "fine" : "bad";
  const line = el("li", fine ? "fine" : "bad", `${words} · ${receipt.took_ms} ms`);
  line.append(el("small", "", `${phone.name} · ${receipt.event_id}`));
  $("receipts").prepend(line);
  while ($("receipts").children.length > RECEIPTS) $("receipts").lastChild.remove();
}

function showPhones() {
  const buttons = book.all().map((phone) => {
    const button = el("button", "plain", el("span", "face", [...phone.name][0]), phone.name);
    button.type = "button";
    if (phone === book.current()) button.setAttribute("aria-current", "true");
    button.addEventListener("click", () => {
      book.choose(phone.id);
      openPhone();
    });
    return el("li", "", button);
  });
  $("phones").replaceChildren(...buttons);
}

// LINE draws what has no language of its own as the phone does: Chinese as Chinese.
function speak(language) {
  for (const each of [$("chat"), $("quick")]) each.lang = language;
}

function openPhone() {
  const phone = book.current();
  Object.assign(view, { after: 0, run: null, last: null, spent: 0, friendship: null, atEnd: true });
  $("chat").replaceChildren();
  $("owner").textContent = `${phone.name} の電話 / ${phone.name}’s phone`;
  $("language").value = phone.language;
  speak(phone.language);
  showPhones();
  showQuickReplies();
  poll();
}

function showEntries(entries) {
  const chat = $("chat");
  for (const entry of entries) {
    if (entry.message.type === "unsend") {
      chat.querySelector(`[data-id="${entry.message.messageId}"]`)?.replaceWith(unsentElement());
    } else if (entry.message.type === "unsent") {
      chat.append(unsentElement());
    } else {
      chat.append(entryElement(entry, tap, (messageId) => act("unsend", { messageId })));
      view.last = entry;
      view.atEnd ||= entry.via === "user";
    }
  }
  keepAtEnd();
}

// Who scrolled up to read stays there; everybody else keeps seeing the newest message.
function keepAtEnd() {
  if (view.atEnd) $("chat").scrollTop = $("chat").scrollHeight;
}

function showQuickReplies() {
  const items = view.last?.message.quickReply?.items ?? [];
  const isSpent = view.last !== null && view.spent === view.last.order;
  const shown = isSpent || view.friendship === "blocked" ? [] : items;
  const quick = $("quick");
  const hadFocus = quick.querySelector(":focus-visible") !== null;
  quick.replaceChildren(
    ...shown.map((item) =>
      actionButton(item.action, "quick-reply", (action) => {
        if (action.type !== "uri") view.spent = view.last.order;
        showQuickReplies();
        tap(action);
      }),
    ),
  );
  quick.hidden = shown.length === 0;
  keepAtEnd(); // the tray of quick replies takes its room from the chat
  // Only for the keyboard: on a phone the focus would raise the keyboard over the chat.
  if (hadFocus && quick.hidden) $("text").focus();
}

function showFriendship(friendship) {
  const isFriend = friendship === "friend";
  const isBlocked = friendship === "blocked";
  $("composer").hidden = !isFriend;
  $("invite").hidden = isFriend;
  $("block").hidden = !isFriend;
  if (!isFriend) $("tray").hidden = true;
  $("invite-why").textContent = isBlocked
    ? "ブロックしています。メッセージは届きません。 / Blocked: no messages arrive."
    : "まず友だちに追加してください。 / Add the account as a friend to begin.";
  $("follow").textContent = isBlocked ? "ブロック解除 / Unblock" : "友だち追加 / Add friend";
}

function showLoading(isLoading) {
  const chat = $("chat");
  const dots = chat.querySelector(".loading");
  if (!isLoading) dots?.remove();
  else if (!dots) {
    const words = el("div", "loading", el("i"), el("i"), el("i"), el("span", "sr-only", "入力中 / Writing"));
    chat.append(words);
    keepAtEnd();
  }
}

// Keeping up

let isPolling = false;
let isStale = false;

async function poll() {
  isStale = true;
  if (isPolling) return;
  isPolling = true;
  while (isStale) {
    isStale = false;
    try {
      await look();
      document.body.classList.remove("cut-off");
    } catch {
      document.body.classList.add("cut-off");
    }
  }
  isPolling = false;
}

async function look() {
  const phone = book.current();
  const found = await news(phone.id, view.after);
  if (phone !== book.current()) {
    isStale = true;
    return;
  }
  if (!found.known) {
    const { name, language, friendship } = phone;
    await post(phone.id, "register", { name, language, friendship });
    isStale = true;
    return;
  }
  const isNewRun = view.run !== null && view.run !== found.run;
  view.run = found.run;
  if (isNewRun) {
    // The server began anew and counts from one again; what was said stays on the screen.
    view.after = 0;
    isStale = true;
    return;
  }
  view.after = found.last;
  showLoading(false);
  showEntries(found.messages);
  showLoading(found.loading);
  if (view.friendship !== found.friendship) {
    view.friendship = found.friendship;
    book.change(phone, { friendship: found.friendship });
    showFriendship(found.friendship);
    showQuickReplies();
  } else if (found.messages.length) showQuickReplies();
}

// Wiring

$("chat").addEventListener("scroll", () => {
  const { scrollHeight, scrollTop, clientHeight } = $("chat");
  view.atEnd = scrollHeight - scrollTop - clientHeight < 80;
});
new ResizeObserver(keepAtEnd).observe($("chat"));
$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (text) act("text", { text });
  $("text").value = "";
  $("text").focus();
});
$("text").addEventListener("keydown", (event) => {
  // While an input method is composing, Enter confirms a word and must not send.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("composer").requestSubmit();
});
$("tray-toggle").addEventListener("click", () => {
  $("tray").hidden = !$("tray").hidden;
  $("tray-toggle").setAttribute("aria-expanded", String(!$("tray").hidden));
});
for (const button of $("tray").querySelectorAll("button")) {
  button.addEventListener("click", () => {
    const { verb, keywords } = button.dataset;
    act(verb, keywords ? { keywords: [keywords] } : {});
  });
}
$("follow").addEventListener("click", () => act("follow"));
$("block").addEventListener("click", () => act("block"));
$("redeliver").addEventListener("click", () => act("redeliver"));
$("forget").addEventListener("click", () => {
  book.forget(book.current());
  openPhone();
});
$("language").addEventListener("change", () => {
  const phone = book.current();
  book.change(phone, { language: $("language").value });
  speak(phone.language);
  post(phone.id, "register", { language: phone.language });
});
$("add-phone").addEventListener("click", () => {
  book.add();
  openPhone();
});
$("menu").addEventListener("click", (event) => {
  if (event.target.closest("button")) $("menu").open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") $("menu").open = false;
});

$("receipts-box").open = matchMedia("(min-width: 861px)").matches;
if (!book.current()) book.add();
openPhone();
setInterval(() => {
  if (!document.hidden) poll();
}, POLL_MS);
