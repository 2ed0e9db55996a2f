// Small helpers to build elements; text always goes in as text, never as HTML.

export function el(tag, className = "", ...children) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

const LINK = /(https?:\/\/[^\s「」（）()<>]+)/;

export function link(url, text) {
  const anchor = el("a", "", text);
  anchor.href = url;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  return anchor;
}

export function linked(text) {
  return text.split(LINK).map((part, index) => (index % 2 ? link(part, part) : part));
}

export function actionButton(action, className, tap) {
  const button = el("button", className, action.label ?? "");
  button.type = "button";
  button.dataset.action = action.type;
  if (action.data !== undefined) button.dataset.data = action.data;
  button.addEventListener("click", () => tap(action));
  return button;
}
