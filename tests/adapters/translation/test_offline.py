"""A whole translation, with a guess of the language, in a process that must not use the network."""

import os
import subprocess
import sys

from tests.support.packs import MODELS, ROOT

OFFLINE = """
import os, sys

def guard(event, arguments):
    if event.startswith(("socket.", "urllib.")):
        raise SystemExit(f"reached for the network: {event}")

sys.addaudithook(guard)
from pathlib import Path
from bot.adapters.phrasebook import read_phrases
from bot.adapters.translation import knowledge_files
from bot.adapters.translation.argos import ArgosEngine
from bot.adapters.translation.language_hint import LanguageHint
from bot.adapters.translation.spelling import load_devanagari, load_tones
from bot.adapters.translation.writing import Writing
from bot.core.translation.knowledge import knowledge_of
from bot.service.interpreting import Interpreter, Request

surroundings = dict(os.environ)
tables = Path("locales/translation")
engine = ArgosEngine([Path(sys.argv[1])], Path(sys.argv[2]))
assert "argostranslate" not in sys.modules, "loaded before it was needed"
assert "opencc" not in sys.modules, "loaded before it was needed"
engine.warm()
knowledge = knowledge_of(
    knowledge_files.load_grammars(tables)[0],
    knowledge_files.load_formats(tables / "formats.yaml")[0],
    knowledge_files.load_glossary(tables.parent / "glossary.tsv")[0].terms,
    read_phrases(tables.parent / "phrasebook.jsonl")[0],
)
interpreter = Interpreter(engine, lambda: knowledge, Writing(tables))
asked = [("I am a student.", "en"), ("Toi la hoc sinh.", "vi"), ("我是學生。", "zh-Hant")]
for made in interpreter.interpret([Request(*each, "ja") for each in asked], lambda *_: {}):
    print(made.heard)
hint = LanguageHint(load_tones(tables), load_devanagari(tables))
print(hint.guessed("I lost my job and cannot pay my rent."))
assert surroundings.items() <= os.environ.items(), "the process was changed"
assert "XDG_DATA_HOME" not in os.environ
foreign = "torch stanza spacy onnxruntime minisbd requests".split()
print([name for name in foreign if name in sys.modules])
"""


def test_nothing_is_fetched_and_the_home_stays_untouched(tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE, MODELS, tmp_path / "var"],
        check=False,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "ARGOS_DEBUG": "1", "LANG": "C.UTF-8"},
    )
    assert done.stderr == ""
    *heard, lang, foreign = done.stdout.splitlines()
    assert len(heard) == 3
    assert all("学生" in words for words in heard)
    assert (lang, foreign) == ("en", "[]")
    assert list(home.iterdir()) == []
