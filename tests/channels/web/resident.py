"""A resident whose browser knows no script: reads pages, fills in forms, presses buttons."""

import hashlib
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

VOID = {"meta", "link", "input", "br", "path"}


@dataclass
class Element:
    """An element of a page; `text` is all the text in it."""

    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    pieces: list["str | Element"] = field(default_factory=list)

    @property
    def text(self) -> str:
        said = (each if isinstance(each, str) else each.text for each in self.pieces)
        return " ".join("".join(said).split())

    def all(self, tag: str = "", **wanted: str) -> list["Element"]:
        """Every element below with this tag and these attributes (`data_q` is `data-q`)."""
        found = []
        for child in self.children:
            matches = all(
                child.attributes.get(name.rstrip("_").replace("_", "-")) == value
                for name, value in wanted.items()
            )
            if matches and tag in {"", child.tag}:
                found.append(child)
            found.extend(child.all(tag, **wanted))
        return found

    def classed(self, name: str) -> list["Element"]:
        return [each for each in self.all() if name in each.attributes.get("class", "").split()]

    def one(self, tag: str = "", **wanted: str) -> "Element":
        found = self.all(tag, **wanted)
        assert len(found) == 1, f"{tag} {wanted}: {len(found)}"
        return found[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(element)
        self.open[-1].pieces.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].pieces.append(data)


def read(html: str) -> Element:
    """Parse strictly: a page whose tags do not nest fails."""
    reader = _Reader()
    reader.feed(html)
    assert reader.open == [reader.root]
    return reader.root


class Resident:
    """Keeps one browser's cookies and the page it shows."""

    def __init__(self, app: Flask, *, language: str = "") -> None:
        self.client = app.test_client()
        self.headers = {"Accept-Language": language} if language else {}
        self.page = Element("root", {})
        self.status = 0

    @property
    def token(self) -> str:
        cookie = self.client.get_cookie("chat", path="/chat")
        assert cookie is not None
        return str(cookie.value)

    @property
    def address(self) -> str:
        return hashlib.sha256(self.token.encode()).hexdigest()

    @property
    def said(self) -> list[str]:
        """Every message on the page."""
        return [
            line.classed("said")[0].text for line in self.page.all("li") if line.classed("said")
        ]

    @property
    def choices(self) -> list[str]:
        return [e.attributes["data-a"] for e in self.page.all() if "data-a" in e.attributes]

    def open(self, path: str = "/chat") -> "Resident":
        return self._show(self.client.get(path, headers=self.headers))

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, headers=headers)

    def form(self, action: str, button: str = "", **fields: Any) -> dict[str, Any]:
        """What the form with this action (and a button of this value) sends."""
        for form in self.page.all("form", action=action):
            if button and not form.all(value=button):
                continue
            hidden = form.all("input", type="hidden")
            sent = {each.attributes["name"]: each.attributes["value"] for each in hidden}
            return {**sent, **fields}
        raise AssertionError(f"no form {action} with {button}")

    def post(self, path: str, fields: dict[str, Any], **headers: str) -> TestResponse:
        return self.client.post(path, data=fields, headers=self.headers | headers)

    def begin(self, lang: str = "ja") -> "Resident":
        """Open the page and press a language."""
        self.open()
        return self.send("/chat/choose", self.form("/chat/choose", lang, lang=lang))

    def press(self, *codes: str) -> "Resident":
        """Press a button, or tick choices and press the last one."""
        return self.send("/chat/choose", self.form("/chat/choose", codes[-1], a=list(codes)))

    def say(self, text: str) -> "Resident":
        return self.send("/chat/say", self.form("/chat/say", text=text))

    def send(self, path: str, fields: dict[str, Any]) -> "Resident":
        answer = self.post(path, fields)
        if answer.status_code == 303:
            assert re.fullmatch(r"/chat(#\w+)?", answer.location)
            return self.open()
        return self._show(answer)

    def _show(self, answer: TestResponse) -> "Resident":
        self.status = answer.status_code
        self.page = read(answer.text)
        return self
