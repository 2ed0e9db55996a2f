// Draws LINE's Flex Messages: bubbles, carousels and their components.

import { actionButton, el, link } from "./dom.js";

const TEXT_SIZES = {
  xxs: 11, xs: 13, sm: 14, md: 16, lg: 19, xl: 22, xxl: 29, "3xl": 35, "4xl": 48, "5xl": 74,
};
const SPACES = { none: 0, xs: 2, sm: 4, md: 8, lg: 12, xl: 16, xxl: 20 };
const BORDERS = { none: 0, light: 0.5, normal: 1, medium: 2, "semi-bold": 3, bold: 4 };
const PADDINGS = {
  paddingAll: "padding",
  paddingTop: "paddingTop",
  paddingBottom: "paddingBottom",
  paddingStart: "paddingInlineStart",
  paddingEnd: "paddingInlineEnd",
};

function length(value, words) {
  if (value === undefined) return "";
  return value in words ? `${words[value]}px` : value;
}

export function flexMessage(contents, tap) {
  if (contents.type === "carousel") {
    return el("div", "carousel", ...contents.contents.map((each) => bubble(each, tap)));
  }
  return bubble(contents, tap);
}

function bubble(json, tap) {
  const node = el("div", `flex-bubble size-${json.size ?? "mega"}`);
  if (json.direction === "rtl") node.dir = "rtl";
  for (const name of ["header", "hero", "body", "footer"]) {
    if (!json[name]) continue;
    const style = json.styles?.[name] ?? {};
    const block = component(json[name], tap, null);
    block.classList.add(`flex-${name}`);
    if (style.backgroundColor) block.style.backgroundColor = style.backgroundColor;
    if (style.separator) {
      block.classList.add("divided");
      if (style.separatorColor) block.style.borderTopColor = style.separatorColor;
    }
    node.append(block);
  }
  tappable(node, json.action, tap);
  return node;
}

const DRAW = {
  box: (json, tap) => box(json, tap),
  text: (json) => text(json),
  button: (json, tap) => button(json, tap),
  image: (json) => picture(json),
  video: (json) => picture({ ...json, url: json.previewUrl }),
  icon: () => el("span", "flex-icon", "•"),
  separator: (json) => {
    const rule = el("hr", "flex-separator");
    if (json.color) rule.style.borderColor = json.color;
    return rule;
  },
  filler: () => el("span", "flex-filler"),
};

function component(json, tap, parent) {
  const node = (DRAW[json.type] ?? (() => el("span", "flex-unknown", `[${json.type}]`)))(json, tap);
  const isRow = parent !== null && parent.layout !== "vertical";
  if (json.margin) {
    // The margin of a component stands in place of its box's spacing.
    const gap = length(parent?.spacing ?? "none", SPACES);
    node.style[isRow ? "marginInlineStart" : "marginTop"] = `calc(${length(json.margin, SPACES)} - ${gap})`;
  }
  if (parent !== null) {
    const share = json.flex ?? (isRow && !["separator", "icon"].includes(json.type) ? 1 : 0);
    node.style.flex = share > 0 ? `${share} ${share} 0` : "none";
  }
  if (json.position === "absolute") node.style.position = "absolute";
  for (const [from, to] of Object.entries({
    offsetTop: "top", offsetBottom: "bottom", offsetStart: "insetInlineStart", offsetEnd: "insetInlineEnd",
  })) {
    if (json[from]) node.style[to] = length(json[from], SPACES);
  }
  if (json.gravity) node.style.alignSelf = { top: "start", center: "center", bottom: "end" }[json.gravity];
  if (json.type !== "button") tappable(node, json.action, tap);
  return node;
}

function box(json, tap) {
  const node = el("div", `flex-box ${json.layout}`);
  for (const child of json.contents) node.append(component(child, tap, json));
  const style = node.style;
  style.gap = length(json.spacing, SPACES);
  style.justifyContent = json.justifyContent ?? "";
  if (json.alignItems) style.alignItems = json.alignItems;
  style.backgroundColor = json.backgroundColor ?? "";
  style.borderRadius = length(json.cornerRadius, SPACES);
  for (const name of ["width", "height", "maxWidth", "maxHeight"]) style[name] = json[name] ?? "";
  if (json.borderWidth) {
    style.border = `${length(json.borderWidth, BORDERS)} solid ${json.borderColor ?? "#000000"}`;
  }
  for (const [from, to] of Object.entries(PADDINGS)) {
    if (json[from]) style[to] = length(json[from], SPACES);
  }
  return node;
}

function text(json) {
  const node = el("p", "flex-text");
  node.dir = "auto";
  if (json.contents?.length) node.append(...json.contents.map((span) => face(el("span", "", span.text), span)));
  else node.textContent = json.text;
  face(node, json);
  if (json.align) node.style.textAlign = json.align;
  if (json.wrap) node.classList.add("wrap");
  if (json.maxLines) {
    node.classList.add("clamped");
    node.style.webkitLineClamp = String(json.maxLines);
  }
  return node;
}

function face(node, json) {
  node.style.fontSize = length(json.size, TEXT_SIZES);
  node.style.fontWeight = json.weight === "bold" ? "700" : "";
  node.style.fontStyle = json.style ?? "";
  node.style.textDecoration = json.decoration ?? "";
  if (json.color) node.style.color = json.color;
  return node;
}

function button(json, tap) {
  const style = json.style ?? "link";
  const node = actionButton(json.action, `flex-button ${style} ${json.height ?? "md"}`, tap);
  if (json.color) node.style[style === "link" ? "color" : "backgroundColor"] = json.color;
  return node;
}

function picture(json) {
  // This page loads nothing from elsewhere: a picture is a link to it.
  return el("p", "flex-picture", link(json.url, "画像 / Picture"));
}

function tappable(node, action, tap) {
  if (!action) return;
  node.classList.add("tappable");
  node.tabIndex = 0;
  node.setAttribute("role", "button");
  node.dataset.action = action.type;
  if (action.data !== undefined) node.dataset.data = action.data;
  node.addEventListener("click", (event) => {
    if (event.target.closest("button, a, .tappable") === node) tap(action);
  });
  node.addEventListener("keydown", (event) => {
    if (event.target === node && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      tap(action);
    }
  });
}
