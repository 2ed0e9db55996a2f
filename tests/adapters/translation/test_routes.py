"""Of all packages on disk the right ones are taken, whatever order they come in."""

from itertools import permutations
from pathlib import Path

import pytest

from bot.adapters.translation.packages import InstalledPackage
from bot.adapters.translation.routes import best_route, figure_key

NOWHERE = Path("nowhere")


def package(pair, version="1.0", *, name="argos", drafts_only=False):
    source, target = pair.split("_")
    label = f"{name} {pair} {version}" if name == "argos" else f"{name} {version}"
    return InstalledPackage(source, target, version, label, NOWHERE, drafts_only, NOWHERE)


def draft(pair, version="1.0", name="compact"):
    return package(pair, version, name=name, drafts_only=True)


def route(packages, figures=None):
    """The names of the best way from Vietnamese to Japanese, the same in every order."""
    found = {
        tuple(figure_key(each) for each in best_route(order, "vi", "ja", figures or {}) or ())
        for order in permutations(packages)
    }
    assert len(found) == 1
    return list(found.pop())


def test_a_direct_way_goes_before_a_pivot():
    packages = [package("vi_en"), package("en_ja"), package("vi_ja", "0.1")]
    assert route(packages) == ["argos vi_ja 0.1 vi>ja"]


def test_without_a_direct_way_two_packages_serve():
    packages = [package("en_ja"), package("vi_en"), package("ja_vi"), package("vi_ko")]
    assert route(packages) == ["argos vi_en 1.0 vi>en", "argos en_ja 1.0 en>ja"]


def test_english_goes_before_other_pivots():
    packages = [package("vi_ar"), package("ar_ja"), package("vi_en"), package("en_ja")]
    assert route(packages) == ["argos vi_en 1.0 vi>en", "argos en_ja 1.0 en>ja"]
    assert route(packages[:3]) == ["argos vi_ar 1.0 vi>ar", "argos ar_ja 1.0 ar>ja"]


def test_of_two_other_pivots_always_the_same_is_taken():
    packages = [package("vi_zh"), package("zh_ja"), package("vi_ko"), package("ko_ja")]
    assert route(packages) == ["argos vi_ko 1.0 vi>ko", "argos ko_ja 1.0 ko>ja"]


def test_what_everybody_may_see_goes_before_drafts_even_by_a_pivot():
    packages = [draft("vi_ja", "9.0"), package("vi_en"), package("en_ja")]
    assert route(packages) == ["argos vi_en 1.0 vi>en", "argos en_ja 1.0 en>ja"]


def test_a_pivot_with_one_draft_is_a_draft_and_no_better_than_a_direct_one():
    packages = [draft("vi_ja"), package("vi_en"), draft("en_ja")]
    assert route(packages) == ["compact 1.0 vi>ja"]


def test_on_each_leg_a_package_for_everybody_goes_before_a_newer_draft():
    packages = [draft("vi_en", "9.0"), package("vi_en"), draft("en_ja")]
    assert route(packages) == ["argos vi_en 1.0 vi>en", "compact 1.0 en>ja"]


@pytest.mark.parametrize("packages", [[], [package("vi_en")], [package("ja_vi")], [draft("en_ja")]])
def test_a_pair_that_nothing_serves_has_no_way(packages):
    assert route(packages) == []


def test_three_packages_in_a_row_are_no_way():
    assert route([package("vi_zh"), package("zh_en"), package("en_ja")]) == []


def test_a_language_has_no_way_to_itself():
    packages = [package("ja_en"), package("en_ja")]
    assert best_route(packages, "ja", "ja", {}) is None


# --- several packages of one direction -----------------------------------------------------------


def test_without_an_evaluation_the_higher_version_is_taken_as_a_number():
    packages = [package("vi_ja", "1.9"), package("vi_ja", "1.10"), package("vi_ja", "1.2")]
    assert route(packages) == ["argos vi_ja 1.10 vi>ja"]


def test_our_own_figures_decide_against_the_version():
    packages = [package("vi_ja", "1.9"), package("vi_ja", "1.10")]
    figures = {"argos vi_ja 1.9 vi>ja": 31.5, "argos vi_ja 1.10 vi>ja": 28.0}
    assert route(packages, figures) == ["argos vi_ja 1.9 vi>ja"]


def test_figures_decide_only_where_all_rivals_were_evaluated():
    packages = [package("vi_ja", "1.9"), package("vi_ja", "1.10"), package("vi_ja", "1.11")]
    figures = {"argos vi_ja 1.9 vi>ja": 31.5, "argos vi_ja 1.10 vi>ja": 28.0}
    assert route(packages, figures) == ["argos vi_ja 1.11 vi>ja"]


def test_figures_of_another_direction_say_nothing():
    packages = [draft("vi_ja", "1.9"), draft("vi_ja", "1.10")]
    figures = {"compact 1.9 ja>vi": 31.5, "compact 1.10 vi>ja": 28.0}
    assert route(packages, figures) == ["compact 1.10 vi>ja"]


def test_equal_figures_leave_it_to_the_version():
    packages = [package("vi_ja", "1.9"), package("vi_ja", "1.10")]
    figures = {figure_key(each): 30.0 for each in packages}
    assert route(packages, figures) == ["argos vi_ja 1.10 vi>ja"]


def test_a_draft_with_better_figures_stays_behind_a_package_for_everybody():
    packages = [package("vi_ja"), draft("vi_ja")]
    figures = {"argos vi_ja 1.0 vi>ja": 20.0, "compact 1.0 vi>ja": 40.0}
    assert route(packages, figures) == ["argos vi_ja 1.0 vi>ja"]


def test_a_draft_that_was_never_evaluated_keeps_no_figures_from_deciding():
    packages = [package("vi_ja", "1.9"), package("vi_ja", "1.10"), draft("vi_ja")]
    figures = {"argos vi_ja 1.9 vi>ja": 31.5, "argos vi_ja 1.10 vi>ja": 28.0}
    assert route(packages, figures) == ["argos vi_ja 1.9 vi>ja"]


def test_figures_choose_each_leg_of_a_pivot():
    packages = [package("vi_en", "1"), package("vi_en", "2"), package("en_ja")]
    figures = {"argos vi_en 1 vi>en": 50.0, "argos vi_en 2 vi>en": 40.0}
    assert route(packages, figures) == ["argos vi_en 1 vi>en", "argos en_ja 1.0 en>ja"]
