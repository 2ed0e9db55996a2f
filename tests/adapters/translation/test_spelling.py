"""The tables of spelling are read whole, or a fault is told."""

import lzma

import pytest

from bot.adapters.translation.spelling import load_devanagari, load_tones


def packed(file, text):
    file.write_bytes(lzma.compress(text.encode()))


def test_tables_are_read(tmp_path):
    packed(tmp_path / "vi_syllables.tsv.xz", "# made\n^\t3 tôi\ntôi\t3 đói\nđói\t3 ^\n")
    (tmp_path / "vi_chat.tsv").write_text("# by hand\nt\ttôi\n", encoding="utf-8")
    packed(tmp_path / "ne_words.tsv.xz", "# made\nभोक\nलाग्यो\n")
    (tmp_path / "ne_chat.tsv").write_text("मलाई\tmalai mlai\nभिसा\tvisa\tloan\n", encoding="utf-8")
    assert load_tones(tmp_path).restored("t doi").text == "tôi đói"
    assert load_devanagari(tmp_path).restored("mlai bhok lagyo").text == "मलाई भोक लाग्यो"


@pytest.mark.parametrize("content", [b"no archive", lzma.compress("^\tmany tôi\n".encode())])
def test_a_damaged_table_is_told(tmp_path, content):
    (tmp_path / "vi_syllables.tsv.xz").write_bytes(content)
    with pytest.raises(ValueError, match=r"damaged|invalid literal"):
        load_tones(tmp_path)


def test_a_missing_table_is_told(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_devanagari(tmp_path)
