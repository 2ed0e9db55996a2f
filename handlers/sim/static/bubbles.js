// Turns entries of the chat into what the phone shows.

import { actionButton, el, link, linked } from "./dom.js";
import { flexMessage } from "./flex.js";

const clock = new Intl.DateTimeFormat("ja", { hour: "2-digit", minute: "2-digit" });
const PLACEHOLDERS = {
  image: "[ 写真 / Photo ]",
  video: "[ 動画 / Video ]",
  audio: "[ 音声 / Voice ]",
  imagemap: "[ 画像 / Picture ]",
};

export function entryElement(entry, tap, unsend) {
  const mine = entry.via === "user";
  const row = el("div", `row ${mine ? "mine" : "theirs"}`);
  row.dataset.from = mine ? "user" : "bot";
  row.dataset.id = entry.message_id;
  const said = el("div", "said");
  said.append(el("span", "sr-only", mine ? "あなた / You: " : "つなぎ / Tsunagi: "));
  if (entry.message.sender?.name) said.append(el("span", "sender", entry.message.sender.name));
  said.append(content(entry.message, tap));
  const note = el("div", "note", el("time", "", clock.format(entry.at * 1000)));
  if (mine && entry.message.id) {
    const button = el("button", "unsend", "送信取消 / Unsend");
    button.type = "button";
    button.addEventListener("click", () => unsend(entry.message_id));
    note.prepend(button);
  }
  row.append(said, note);
  return row;
}

export function unsentElement() {
  return el("p", "gone", "メッセージの送信を取り消しました / Message unsent");
}

function content(message, tap) {
  switch (message.type) {
    case "text":
    case "textV2": {
      const bubble = el("div", "bubble", ...linked(message.text));
      bubble.dir = "auto";
      return bubble;
    }
    case "flex":
      return flexMessage(message.contents, tap);
    case "template":
      return template(message.template, tap) ?? el("div", "bubble", message.altText);
    case "sticker":
      return picture(message.keywords?.includes("sad") ? "sad" : "smile", "sticker", "スタンプ / Sticker");
    case "location":
      return el("div", "bubble", picture("place", "inline", ""), placeName(message));
    case "file":
      return el("div", "bubble", `[ ${message.fileName} ]`);
    case "image":
      if (!message.originalContentUrl) return picture("photo", "photo", "写真 / Photo");
    // falls through: a picture of the bot's is a link, this page loads nothing from elsewhere.
    default: {
      const words = PLACEHOLDERS[message.type] ?? `[${message.type}]`;
      const url = message.originalContentUrl;
      return el("div", "bubble", url ? link(url, words) : words);
    }
  }
}

// Own drawings, since not every machine has a font with emoji.
function picture(name, className, words) {
  const image = el("img", className);
  image.src = `${document.body.dataset.pictures}${name}.svg`;
  image.alt = words;
  return image;
}

function placeName(message) {
  return [message.title, message.address].filter(Boolean).join("\n");
}

function template(json, tap) {
  switch (json.type) {
    case "buttons":
    case "confirm":
      return card(json, tap);
    case "carousel":
      return el("div", "carousel", ...json.columns.map((column) => card(column, tap)));
    case "image_carousel":
      return el("div", "carousel", ...json.columns.map((column) => card({ actions: [column.action] }, tap)));
    default:
      return null;
  }
}

function card(json, tap) {
  const node = el("div", `card ${json.type ?? "column"}`);
  const words = el("div", "card-words");
  words.dir = "auto";
  if (json.title) words.append(el("strong", "", json.title));
  if (json.text) words.append(el("p", "", json.text));
  if (words.childNodes.length) node.append(words);
  node.append(el("div", "card-actions", ...json.actions.map((each) => actionButton(each, "card-button", tap))));
  return node;
}
