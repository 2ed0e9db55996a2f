"""Sentences become tables that hold counts only, the same ones each time."""

import json

from bot.adapters.translation.spelling import load_tones
from bot.authoring.nepali_verbs import verb_forms
from bot.authoring.spelling_tables import main, sentences_of, syllable_table, word_table


def test_pairs_of_syllables_are_counted_within_clauses():
    table = syllable_table(["Tôi đói. Tôi đói 2 ngày", "đói 3 ngày"])
    rows = dict(line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    assert rows["tôi"] == "2 đói"
    assert rows["đói"] == "2 0|1 ^"
    assert rows["^"] == "2 tôi|1 đói"


def test_rare_and_foreign_words_are_left_out():
    assert "facebook" not in syllable_table(["tôi dùng facebook", "tôi dùng facebook"])
    assert "ngày" not in syllable_table(["tôi đói", "tôi đói ngày"])


def test_tones_are_put_where_most_people_type_them():
    table = syllable_table(["hoà quý", "hòa quý"])
    assert "hòa\t2 quý" in table


def test_frequent_words_come_first():
    words = word_table(["पैसा पैसा पैसा पैसा पैसा भोक भोक", "पैसा छैन छैन छैन"]).splitlines()
    assert words.index("पैसा") < words.index("छैन") < words.index("भोक")


def test_verbs_are_conjugated_as_people_say_them():
    forms = set(verb_forms())
    assert {"गर्छु", "सक्दिनँ", "तिर्नुपर्छ", "नगर्नुहोस्", "पाइन्छ", "आएको", "दिँदैन", "गएँ", "नगई"} <= forms
    assert "गर्\u200dयो" in forms
    assert "तिरेँ" in forms
    assert "तिरें" in forms


def test_catalogs_prepared_sentences_and_plain_lines_are_read(tmp_path):
    plain, prepared = tmp_path / "a.txt", tmp_path / "b.jsonl"
    catalog = tmp_path / "c.po"
    plain.write_text("Tôi đói\nTôi mệt\n", encoding="utf-8")
    prepared.write_text(
        json.dumps({"texts": {"vi": ["Còn {n} ngày"], "ne": ["x"]}}), encoding="utf-8"
    )
    catalog.write_text('msgid "a"\nmsgstr "Tên {name}"\n', encoding="utf-8")
    read = [list(sentences_of(file, "vi")) for file in (plain, prepared, catalog)]
    assert read == [["Tôi đói", "Tôi mệt"], ["Còn 0 ngày"], ["Tên 0"]]


def test_a_table_made_twice_is_the_same_and_can_be_used(tmp_path):
    corpus = tmp_path / "corpus.txt"
    corpus.write_text("Tôi đói\n", encoding="utf-8")
    made = [tmp_path / "vi_syllables.tsv.xz", tmp_path / "again.xz"]
    for file in made:
        assert main(["vi", str(file), f"3*{corpus}"]) == 0
    assert made[0].read_bytes() == made[1].read_bytes()
    (tmp_path / "vi_chat.tsv").write_text("", encoding="utf-8")
    assert load_tones(tmp_path).restored("toi doi").text == "tôi đói"


def test_a_wrong_call_is_told(capsys):
    assert main(["fr", "made.xz"]) == 2
    assert "spelling_tables" in capsys.readouterr().err
