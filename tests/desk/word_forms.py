"""Hands for the tests of the word pages: a small word book, and forms as browsers send them."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import urlencode

from tests.desk.office import Office
from tests.support.small_wordbook import PHRASES, small_wordbook

FIELD = re.compile(r'<textarea id="text-([\w-]+)"[^>]*>(.*?)</textarea>', re.DOTALL)
WAS = re.compile(r'name="was-([\w-]+)" value="([^"]*)"')


def with_words(office: Office, phrases=PHRASES) -> Office:
    """The office with a small glossary and phrasebook."""
    book = small_wordbook(office.transaction, office.clock, phrases)
    office.services = replace(office.services, wordbook=book, phrasebook=book)
    return office


def address(kind, key):
    """The page of an entry."""
    return f"/desk/words/{kind}?{urlencode({'key': key})}"


def typed(page):
    """The form's fields as a browser would send them."""
    fields = {f"text-{lang}": unescape(text) for lang, text in FIELD.findall(page)}
    return fields | {f"was-{lang}": unescape(text) for lang, text in WAS.findall(page)}


def problem_beside(page, lang):
    """What is said to be wrong with the words of a language, '' for nothing."""
    found = re.search(rf'<p class="wrong-because" id="problem-{lang}">(.*?)</p>', page)
    return found[1] if found is not None else ""


def edits(office):
    """The changes that stand, as language, text, and whether somebody stands for it."""
    with office.transaction() as work:
        return [(each.lang, each.text, each.reviewed) for each in work.word_edits.standing()]


def save(desk, kind, key, **changes):
    """Open an entry, change fields as `text-vi`, and save."""
    desk.get(address(kind, key))
    return desk.post(address(kind, key), **typed(desk.page) | changes)
