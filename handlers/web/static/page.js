// The page and what it knows: its words and its place in the thread are data attributes of <body>.

export const find = (selector, root) => (root || document).querySelector(selector);
export const said = () => document.body.dataset;
export const box = () => find("#text");
export const parsed = (html) => new DOMParser().parseFromString(html, "text/html");

// The words of an element as they are spoken: furigana are not said a second time.
export function spoken(element) {
  const copy = element.cloneNode(true);
  for (const each of copy.querySelectorAll("rt, rp")) each.remove();
  return copy.textContent.trim();
}

// Asks the server for what the page lacks, not for the page.
export const PART = { "X-Chat-Part": "1" };
export const position = () =>
  `after=${said().last || 0}&seen=${encodeURIComponent(said().seen || "")}`;

export function status(text, bad) {
  const place = find("#status");
  if (!place || place.textContent === (text || "")) return;
  place.textContent = text || "";
  place.classList.toggle("bad", Boolean(bad));
}

// Says why a text was not taken; an empty reason takes the words away.
export function refuse(reason) {
  const place = find("#refusal");
  if (!place) return;
  place.textContent = reason;
  place.hidden = !reason;
  if (reason) {
    box().setAttribute("aria-invalid", "true");
    box().setAttribute("aria-describedby", "refusal");
  } else {
    box().removeAttribute("aria-invalid");
    box().removeAttribute("aria-describedby");
  }
}
