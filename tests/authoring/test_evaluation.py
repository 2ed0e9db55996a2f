"""The sets that engines are measured on, the measuring, and the gate that is fitted to it."""

import math
import random
from pathlib import Path

import pytest

from bot.adapters.languages import LANGUAGES
from bot.adapters.translation.knowledge_files import load_grammars
from bot.authoring.evaluation import sets
from bot.authoring.evaluation.figures import measured, scores
from bot.authoring.evaluation.gates import PRECISION, Example, fitted
from bot.authoring.evaluation.sets import Pair
from bot.core.translation.engines import Candidate
from bot.core.translation.gate import CLOSED
from bot.core.translation.knowledge import knowledge_of
from tests.support.toy_engine import AsWritten, ToyEngine

ROOT = Path(__file__).parents[2]
SETS = ROOT / "deploy" / "evaluation"
GRAMMARS, _ = load_grammars(ROOT / "locales" / "translation")
KNOWLEDGE = knowledge_of(GRAMMARS, {}, [], [])
JUDGED = [each.code for each in LANGUAGES if each.code not in {"ja", "ja-easy", "zh-Hant"}]


# --- sets ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", JUDGED)
def test_every_language_has_sets_of_all_kinds_in_both_directions(lang):
    everyday = sets.everyday(SETS, lang, "ja", 100)
    assert len(everyday) == 100
    assert sets.everyday(SETS, "ja", lang, 100) == [Pair(p.target, p.source) for p in everyday]
    consultation = sets.consultation(SETS, lang, "ja")
    assert len(consultation) >= 40
    assert sets.consultation(SETS, "ja", lang) == [Pair(p.target, p.source) for p in consultation]
    pairs = [*everyday, *consultation]
    assert all(each.source.strip() and each.target.strip() for each in pairs)


def test_a_pivot_has_everyday_sentences_only():
    assert len(sets.everyday(SETS, "en", "pt-BR", 20)) == 20
    assert sets.everyday(SETS, "pt-BR", "en", 1) == [
        Pair(p.target, p.source) for p in sets.everyday(SETS, "en", "pt-BR", 1)
    ]
    assert sets.consultation(SETS, "en", "pt-BR") == []


def test_without_a_set_there_is_nothing_to_measure(tmp_path):
    assert sets.everyday(SETS, "vi", "ne", 10) == []
    assert sets.everyday(SETS, "xx", "ja", 10) == []
    assert sets.consultation(SETS, "xx", "ja") == []
    assert sets.judged(tmp_path) == []
    assert sets.negated(tmp_path) == []


def test_judged_sentences_are_of_every_language_and_of_both_kinds():
    found = sets.judged(SETS)
    assert {each.lang for each in found} == set(JUDGED)
    assert {each.verdict for each in found} == {"right", "usable", "wrong"}
    assert {each.kind for each in found} == {"everyday", "consultation"}
    assert all(each.source and each.output for each in found)


def test_the_sentences_about_negation_name_both_languages_and_what_happened_to_it():
    found = sets.negated(SETS)
    assert {each.verdict for each in found} == {"same", "lost", "added"}
    assert {each.source_lang for each in found} | {each.target_lang for each in found} >= {
        *("ja", "vi", "en", "ne"),
    }


def test_lines_that_begin_with_a_number_sign_are_remarks(tmp_path):
    (tmp_path / "consultation").mkdir()
    (tmp_path / "consultation" / "vi.tsv").write_text("# by hand\n\nTôi đói\tお腹が空いた\n")
    assert sets.consultation(tmp_path, "vi", "ja") == [Pair("Tôi đói", "お腹が空いた")]


# --- figures -------------------------------------------------------------------------------------

PAIRS = [
    Pair("Tôi có 5 con.", "子どもが5人います。"),
    Pair("Tôi không có việc.", "仕事がありません。"),
    Pair("Tôi đói bụng. Tôi lạnh.", "お腹が空きました。寒いです。"),
]
RIGHT = {
    "Tôi có 5 con.": "子どもが5人います。",
    "Tôi không có việc.": "仕事がありません。",
    "Tôi đói bụng.": "お腹が空きました。",
    "Tôi lạnh.": "寒いです。",
}


def figures(engine, pairs=PAIRS):
    return measured(
        pairs,
        "vi",
        "ja",
        kind="everyday",
        engine=engine,
        knowledge=KNOWLEDGE,
        spelling=AsWritten(),
    )


def test_an_engine_that_translates_as_people_did_reaches_everything():
    found = figures(ToyEngine(says=RIGHT))
    assert (found.chrf, found.bleu) == (100.0, 100.0)
    assert (found.numbers, found.negations) == (1.0, 1.0)
    assert (found.shown, found.shown_chrf) == (1.0, 100.0)
    assert (found.source, found.target, found.kind) == ("vi", "ja", "everyday")
    assert (found.texts, found.sentences) == (3, 4)
    assert found.sentences_a_second > 0


def test_lost_numbers_and_negations_are_counted_and_not_shown():
    says = RIGHT | {
        "Tôi có 5 con.": "子どもが6人います。",
        "Tôi không có việc.": "仕事があります。",
    }
    found = figures(ToyEngine(says=says))
    assert (found.numbers, found.negations) == (0.0, 0.0)
    assert found.shown == pytest.approx(1 / 3)
    assert found.shown_chrf == 100.0
    assert found.chrf < 100.0


def test_a_text_of_which_one_sentence_fails_is_not_shown():
    found = figures(ToyEngine(says=RIGHT | {"Tôi lạnh.": "Tengo mucho frío"}))
    assert found.shown == pytest.approx(2 / 3)


def test_a_test_model_whose_gate_shows_nothing_has_figures_and_shows_nothing():
    found = figures(ToyEngine(says=RIGHT, drafts_only=True, gate=CLOSED))
    assert (found.chrf, found.shown, found.shown_chrf) == (100.0, 0.0, None)


def test_without_numbers_or_negations_there_is_no_share_of_them():
    found = figures(ToyEngine(says=RIGHT), PAIRS[2:])
    assert (found.numbers, found.negations) == (None, None)


def test_sentences_whose_reference_says_another_number_or_no_negation_are_no_case():
    pairs = [Pair("Tôi có 5 con.", "子だくさんです。"), Pair("Tôi không có việc.", "無職です。")]
    found = figures(ToyEngine(says=RIGHT), pairs)
    assert (found.numbers, found.negations) == (None, None)


def test_without_a_way_or_without_sentences_nothing_is_measured():
    assert figures(ToyEngine(pairs=())) is None
    assert figures(ToyEngine(), []) is None


def test_many_texts_go_through_the_engine_in_batches_and_stay_in_order():
    pairs = [Pair(f"Tôi có {n} con.", f"子どもが{n}人います。") for n in range(2, 202)]
    engine = ToyEngine(says={each.source: each.target for each in pairs})
    found = figures(engine, pairs)
    assert (found.texts, found.chrf, found.shown) == (200, 100.0, 1.0)
    assert max(len(batch) for batch in engine.asked) <= 64


def test_the_scores_are_those_of_sacrebleu_by_script():
    assert scores(["お金がない"], ["お金がない"], "ja") == (100.0, 100.0)
    assert scores(["我没有钱"], ["我没有钱"], "zh-Hans") == (100.0, 100.0)
    chrf, bleu = scores(["完全に違う文"], ["お金がない"], "ja")
    assert chrf < 10
    assert bleu < 10
    # By letters: half of a Japanese sentence counts, though it holds no space.
    assert scores(["仕事もお金もありません"], ["仕事も食べ物もありません"], "ja")[1] > 30


# --- gates ---------------------------------------------------------------------------------------


def sample(seed, size, *, passes=1.0, good=None):
    """Judged sentences as an engine makes them: the surer it is, the more of them are good."""
    chance = random.Random(seed)
    found = []
    for _ in range(size):
        score, reverse = chance.uniform(-2, 0), chance.uniform(-5, 0)
        length = chance.uniform(1, 4)
        odds = 6.0 + 4.0 * score + 0.8 * reverse - 0.4 * length
        sure = 1 / (1 + math.exp(-odds))
        found.append(
            Example(
                "vi",
                chance.choice(["everyday", "consultation"]),
                chance.random() < sure if good is None else good,
                chance.random() < passes,
                (score, reverse, length),
            )
        )
    return found


def shown_by(gate, examples):
    return [each for each in examples if gate.confidence(each.features) >= gate.at_least]


def test_what_a_fitted_gate_shows_keeps_the_promise_in_each_kind_and_is_not_nothing():
    gate, (everything, everyday, consultation) = fitted(sample(1, 1500))
    assert everything.total == 1500
    assert everything.total == everyday.total + consultation.total
    assert everything.shown == everyday.shown + consultation.shown > 100
    assert all(each.precision >= PRECISION for each in (everything, everyday, consultation))
    assert 0.5 <= gate.at_least < 1.0


def test_it_keeps_the_promise_for_sentences_it_has_never_seen():
    gate, _ = fitted(sample(2, 1500))
    shown = shown_by(gate, sample(3, 6000))
    assert len(shown) > 600
    assert sum(each.good for each in shown) / len(shown) >= PRECISION


def test_it_finds_what_makes_a_sentence_sure():
    gate, _ = fitted(sample(4, 3000))
    assert gate.score == pytest.approx(4.0, abs=0.8)
    assert gate.reverse == pytest.approx(0.8, abs=0.25)
    assert gate.length < 0


def test_a_stricter_promise_shows_less():
    loose, (all_loose, *_) = fitted(sample(5, 1500), 0.7)
    strict, (all_strict, *_) = fitted(sample(5, 1500), 0.9)
    assert strict.at_least > loose.at_least
    assert 0 < all_strict.shown < all_loose.shown
    assert all_strict.precision >= 0.9


def test_the_same_sentences_give_the_same_gate():
    assert fitted(sample(6, 400)) == fitted(sample(6, 400))


def test_what_fails_the_checks_is_neither_learned_from_nor_shown():
    passing = sample(7, 600)
    failing = sample(8, 600, passes=0.0, good=True)
    gate, (everything, *_) = fitted([*passing, *failing])
    alone, (only_passing, *_) = fitted(passing)
    assert gate == alone
    assert (everything.total, everything.shown) == (1200, only_passing.shown)


@pytest.mark.parametrize("size", [0, 1, 5, 11])
def test_too_few_sentences_show_nothing(size):
    gate, (everything, *_) = fitted(sample(9, size, good=True))
    assert gate == CLOSED
    assert gate.at_least == 1.0
    assert (everything.total, everything.shown, everything.share) == (size, 0, 0.0)
    assert everything.precision == 1.0


@pytest.mark.parametrize("size", [12, 400])
def test_of_an_engine_that_is_always_wrong_nothing_is_shown(size):
    gate, shown = fitted(sample(10, size, good=False))
    assert gate.at_least == 1.0
    assert [each.shown for each in shown] == [0, 0, 0]


def test_an_engine_whose_sureness_tells_nothing_is_not_shown():
    chance = random.Random(11)
    told_nothing = [
        Example("vi", each.kind, chance.random() < 0.5, True, each.features)  # noqa: FBT003
        for each in sample(12, 800)
    ]
    gate, (everything, *_) = fitted(told_nothing)
    assert (gate.at_least, everything.shown) == (1.0, 0)


def test_an_engine_that_is_good_in_one_kind_only_does_not_hide_behind_it():
    everyday = [each for each in sample(13, 1500, good=True) if each.kind == "everyday"]
    bad = [each for each in sample(14, 400, good=False) if each.kind == "consultation"]
    gate, (everything, shown_everyday, consultation) = fitted([*everyday, *bad])
    # Nothing in their features tells the two kinds apart.
    assert gate.at_least == 1.0
    assert (everything.shown, shown_everyday.shown, consultation.shown) == (0, 0, 0)


def test_candidates_without_a_score_are_measured_too():
    class Silent(ToyEngine):
        def translate(self, sentences, route, *, alternatives=1):
            made = super().translate(sentences, route, alternatives=alternatives)
            return [[Candidate(each[0].text)] for each in made]

    assert figures(Silent(says=RIGHT)).chrf == 100.0
