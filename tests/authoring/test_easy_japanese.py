"""The lint of easy Japanese: it finds what the guideline warns of, and nothing else."""

import pytest

from bot.authoring.easy_japanese import KANJI_LIMIT, lint, lint_catalog


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("お金が ない ことは ありません。", "two negatives"),
        ("家賃を はらわなければ なりません。", "two negatives"),
        ("お金が ない 人は いません。", "two negatives"),
        ("出さないと いけません。", "two negatives"),
        ("会社に やめさせられました。", "passive"),
        ("名前を 言われました。", "passive"),
        ("子どもに 食べさせます。", "causative"),
        ("お待ちいただきます。", "keigo"),
        ("こちらを ごらんなさい。", "keigo"),
        ("家族等に 言います。", "など"),
        ("なるべく 早く 言って ください。", "vague"),
        ("適宜 休んで ください。", "vague"),
        ("令和7年の 税金です。", "era"),
        ("24:00までに 来て ください。", "midnight"),
        ("25時まで 開いて います。", "midnight"),
        ("3日〜5日です。", "~"),
        ("3日~5日です。", "~"),
        ("きのう仕事をやめて家賃がはらえません。", "spaces"),
        ("ここは 相談する ところ。", "です or ます"),
        ("家賃(やちん)と 手当です。", "without a reading: 手当"),
    ],
)
def test_what_is_hard_to_read_is_found(text, why):
    assert any(why in each for each in lint(text)), lint(text)


@pytest.mark.parametrize(
    "text",
    [
        "家賃(やちん)を 払(はら)います。",
        "ビザが なくても だいじょうぶです。",
        "わからないかもしれません。",
        "話せない ときは、書いて ください。",
        "お金が なくて 病院に 行けない ときです。",
        "とても つかれました。",
        "あとで 食べられます。",
        "会社に 知らせて ください。",
        "子どもが 生まれました。",
        "電話は 24時間 できます。",
        "平等です。高等学校です。",
        "まもなく なくなりません。",
        "日本人の配偶者等の ビザです。",
        "社会福祉協議会〈みなさんの 生活を 助ける ところ〉です。",
        "おかえりなさい。",
    ],
)
def test_what_is_easy_passes(text):
    assert lint(text) == []


def test_a_sentence_is_measured_without_spaces_readings_and_explanations():
    said = "きのうから、お金が ありませんので、食べる ものが 買えません。"
    assert lint(said) == []
    assert len(lint(said, limit=20)) == 1
    explained = said.replace("お金", "お金(かね)").replace(
        "食べる", "食(た)べる〈ごはんを たべる〉"
    )
    assert lint(explained.replace("買", "買(か)")) == []


def test_each_sentence_and_each_line_is_measured_alone():
    assert lint("家族に 話して ください。\n" * 10) == []


def test_many_kanji_in_one_sentence_are_counted():
    many = "国" * (KANJI_LIMIT - 8) + " 市 県 町 村 区 家 人 手です。"
    assert lint(many) == []
    assert any("kanji, at most" in each for each in lint("字 " + many))


def test_a_label_need_not_be_a_sentence():
    assert lint("家族。") != []
    assert lint("家族。", label=True) == []


def test_a_catalog_is_told_with_addresses():
    texts = {"a.text": "適宜 言って ください。", "b.text": "言って ください。"}
    assert [each.split(":")[0] for each in lint_catalog(texts)] == ["a.text"]
