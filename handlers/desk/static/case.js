// The chat of a case: keeps to the newest message, helps with the answer, never loses it.

const scroll = document.getElementById("scroll");
const newer = document.getElementById("newer");
const heard = document.getElementById("heard");
const composer = document.getElementById("composer");
const NEAR_PX = 80;
const SLOT = /〔(?:金額|数|日付|時刻|電話番号|名前|場所)〕/;
const FEW_LEFT = 300;

const count = () => Number(document.getElementById("thread").dataset.count);
let seen = count();
let atEnd = true;

function toEnd() {
  scroll.scrollTop = scroll.scrollHeight;
  newer.hidden = true;
}

scroll.addEventListener("scroll", () => {
  atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_PX;
  if (atEnd) newer.hidden = true;
});
newer.addEventListener("click", () => {
  toEnd();
  scroll.focus();
});
document.addEventListener("desk:refreshed", (event) => {
  if (event.detail.endsWith("/thread")) {
    const more = count() > seen;
    seen = count();
    if (atEnd) toEnd();
    else if (more) newer.hidden = false;
    if (more) heard.textContent = heard.dataset.text;
  }
  if (composer && event.detail.endsWith("/state")) showWhoHolds();
});

// Who comes back from correcting a message sees that message again.
const place = /^#message-\d+$/.test(location.hash) && document.getElementById(location.hash.slice(1));
if (place) place.scrollIntoView({ block: "center" });
else toEnd();

// What was done has been said once; reloading does not say it again.
if (location.search) history.replaceState(null, "", location.pathname);

const text = composer?.querySelector("#text");
const send = composer?.querySelector("#send");
const phrase = composer?.querySelector("#phrase");

function showWhoHolds() {
  const mine = document.getElementById("case-head").dataset.state === "mine";
  document.getElementById("lost").hidden = mine;
  showLength();
}

function showLength() {
  const place = document.getElementById("count");
  const left = Number(place.dataset.limit) - [...text.value.trim()].length;
  const words = left < 0 ? place.dataset.over : left < FEW_LEFT ? place.dataset.left : "";
  place.textContent = words.replace("{n}", Math.abs(left));
  place.classList.toggle("over", left < 0);
  const mine = document.getElementById("case-head").dataset.state === "mine";
  send.disabled = left < 0 || !mine;
}

function translationOf(words) {
  const found = [...(phrase?.list.options ?? [])].find((each) => words && each.value === words);
  return found?.dataset.translation ?? "";
}

function showFate() {
  const fate = document.getElementById("fate");
  const preview = document.getElementById("preview");
  const words = text.value.trim();
  const shown = translationOf(words || phrase?.value);
  if (preview) {
    preview.textContent = shown;
    preview.hidden = !shown;
  }
  if (composer.dataset.japanese || !words) return;
  const prepared = translationOf(words) ? fate.dataset.prepared : fate.dataset.free;
  fate.textContent = SLOT.test(words) ? fate.dataset.open : prepared;
}

function carry(form, name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
}

function fill() {
  if (!phrase.value.trim()) return;
  add(phrase.value.trim());
  phrase.value = "";
}

function add(words) {
  text.value = [text.value.trim(), words].filter(Boolean).join("\n");
  showLength();
  showFate();
  text.focus();
  // What is typed next takes the place of the first slot.
  const slot = SLOT.exec(text.value);
  if (slot) text.setSelectionRange(slot.index, slot.index + slot[0].length);
}

if (composer) {
  text.addEventListener("input", () => {
    showLength();
    showFate();
  });
  composer.addEventListener("keydown", (event) => {
    if (event.target === phrase && event.key === "Enter" && !event.ctrlKey && !event.isComposing) {
      event.preventDefault();
      fill();
    }
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    if (!send.disabled) composer.requestSubmit(send);
  });
  composer.addEventListener("submit", () => {
    // Twice sent is once sent (the nonce); the second click need not even leave.
    setTimeout(() => { send.disabled = true; });
  });
  // Claiming again by the button above keeps the words too.
  document.addEventListener("submit", (event) => {
    if (!event.target.closest("#case-head") || !text.value.trim()) return;
    if (event.submitter?.id === "claim") carry(event.target, "text", text.value);
  });
  phrase?.addEventListener("input", showFate);
  document.getElementById("fill")?.addEventListener("click", (event) => {
    event.preventDefault();
    fill();
  });
  // Under what could not be translated stand sentences that ask again, or the words to rewrite.
  scroll.addEventListener("click", (event) => {
    const asking = event.target.closest(".mend button");
    if (!asking) return;
    event.preventDefault();
    add(asking.value || asking.textContent.trim());
  });
  window.addEventListener("pageshow", () => {
    showLength();
    showFate();
  });
  if (send && !send.disabled) text.focus({ preventScroll: true });
}
