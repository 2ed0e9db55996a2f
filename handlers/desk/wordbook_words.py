"""What the codes of the glossary's and the phrasebook's pages are called, in Japanese msgids."""

from collections.abc import Mapping

from handlers.desk.words import Words

KINDS: Words = {"term": "用語集", "phrase": "用意した文"}

SIDES: Words = {"counselor": "相談員の文", "resident": "本人の文"}

NEW: Words = {"term": "用語を足す", "phrase": "文を足す"}

END: Words = {"term": "この用語を使わない", "phrase": "この文を使わない"}

ENDED: Words = {"term": "使わなくした用語", "phrase": "使わなくした文"}

STATES: Words = {
    "reviewed": "{who}が確かめました（{day}）",
    "draft": "下書き（{day}）",
    "none": "まだありません",
}

DONE: Words = {
    "saved": "保存しました。返事にも訳にも、すぐ使われます。",
    "added": "足しました。返事にも訳にも、すぐ使われます。",
    "ended": "使わないことにしました。「使わなくした…」の一覧から、もどすことができます。",
}

NOTHING_EDITED = "何も変わっていません。文を直すか、「確かめました」にしるしを付けてください。"

NOT_SAVED = "保存していません。書いたものは残っています。"

PROBLEMS: Mapping[str, str] = {
    "language": "この画面にない言語です。",
    "missing": "日本語を書いてください。",
    "empty": "日本語は空にできません。使わないときは、下の「使わない」を選んでください。",
    "untold": "文がないので、「確かめました」にはできません。",
    "long": "長すぎます。1つの言い方は{about}文字まで、「|」で分けて全部で3,000文字までです。",
    "unknown_slot": "{about} は使えません。使えるのは {slots} です。",
    "short": "〔　〕のほかに{about}文字以上が要ります。短いと、ほかの文と区別できません。",
    "slots": "〔　〕が日本語とちがいます。日本語にあるのは {about} です。",
    "no_slots": "日本語に〔　〕がないので、ここにも書けません。",
    "uneven": "どの言い方にも、同じ〔　〕を書いてください。",
    "mark": "最初の言い方には「~」を付けられません。訳に書かれることばだからです。",
    "twice": "同じ日本語が、もうあります。",
    "overtaken": "開いているあいだに、ほかの人が直しました。いまの文: {about} "
    "もう一度保存すれば、あなたの文になります。",
    "promises": "約束のように読めます（{about}）。お金、泊まる所、ビザなどは約束できません。",
    "refuses": "資格がないと決めつけて読めます（{about}）。決めるのは窓口です。",
    "cheers": "気持ちを打ち消すように読めます（{about}）。つらい人を追いつめることがあります。",
}
"""Codes of service.word_checks and kinds of dialogs/forbidden.yaml; `{about}` is what is meant."""
