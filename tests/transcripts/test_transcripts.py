"""Golden transcripts: one conversation for each ending and language, compared word by word.

`pytest tests/transcripts --update` writes them anew; read the difference before you keep it.
"""

from pathlib import Path

import pytest

from bot.authoring.play import play
from tests.support.dialogs import BOOK, CATALOGS, make_context

FOLDER = Path(__file__).parent
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))
YOU = "you: "


def replayed(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    head = dict(line.split(": ", 1) for line in lines[: lines.index("---")])
    context = make_context()
    return play(
        BOOK,
        CATALOGS,
        lambda: context,
        lang=head["lang"],
        given=[line.removeprefix(YOU) for line in lines if line.startswith(YOU)],
        show=lambda _line: None,
        ask=lambda: None,
    )


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_conversation_goes_as_it_is_written_down(path, request):
    transcript = replayed(path) + "\n"
    if request.config.getoption("--update"):
        path.write_text(transcript, encoding="utf-8")
    assert transcript == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_is_named_after_its_language(path):
    assert f"\nlang: {path.stem.rpartition('.')[2]}\n" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("lang", CATALOGS.languages())
def test_every_language_has_transcripts_of_the_dangerous_ways(lang):
    for name in ("sent_u1", "suicide_acute", "violence_now", "medical_now"):
        assert (FOLDER / f"{name}.{lang}.txt").exists()
