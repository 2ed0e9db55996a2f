"""What is masked before a text leaves this machine: names and every number."""

import re

from bot.core.translation.scripts import CAPITALS, LATIN

_NUMBER = r"[0-9０-９०-९၀-၉๐-๙]+(?:[.,:/／：-][0-9０-９०-९၀-၉๐-๙]+)*"
_JAPANESE_NAME = r"[一-龯々ァ-ヶー]{1,8}(?=(?:さん|様|さま|くん|君|ちゃん|氏|先生)(?![一-龯]))"
_CAPITAL = rf"[{CAPITALS}](?:[\w'’.-]*\w)?"
_TITLED = rf"(?<=\b(?:Mr|Ms|Dr|Sr)\.\s){_CAPITAL}(?:\.?\s{_CAPITAL})*"
_TITLED_LONG = rf"(?<=\b(?:Mrs|Sra|Dra)\.\s){_CAPITAL}(?:\.?\s{_CAPITAL})*"
_SEVERAL_CAPITALS = rf"\b{_CAPITAL}(?:\.?\s{_CAPITAL})+"
_KOREAN_NAME = r"[가-힣]{2,4}(?=\s?씨(?:가|는|를|의|도|와|께|에게|한테|하고|랑|이랑)?(?![가-힣]))"
_END = r"\s、。，,.!?！？।။"
_AFTER_NAMES = re.compile(
    r"(?:\b(?:my name is|i am called|tên (?:tôi|em|mình) là|(?:tôi|em|mình) tên(?: là)?"
    r"|me llamo|mi nombre es|meu nome é|me chamo|chamo-me|nama saya(?: adalah)?"
    r"|ang pangalan ko(?: po)? ay|pangalan ko(?: po)? ay|ako(?: po)? si)\s+"
    r"|(?:我叫(?![他她你您它])|我的名字(?:是|叫)|제 이름은"
    r"|名前は(?!何(?:です|と|で|か|？|$)|なん|どう)"
    r"|ကျွန်(?:တော့်|မ)(?:ရဲ့)?\s?နာမည်(?:က(?![\u102b-\u103e]))?|ชื่อ(?!อะไร))\s*)"
    rf"([^{_END}]{{1,20}}"
    # Many type their name in small letters; what goes on after it is no name.
    r"(?:\s(?!(?:and|but|i|im|from|y|pero|soy|vivo|tengo|e|mas|eu|sou|moro|tenho|và|nhưng|tôi|em"
    rf"|mình|ở|năm|dan|tapi|saya|dari|at|ako|po|taga|galing)\b)[{LATIN}][\w'’-]*){{0,4}})",
    re.IGNORECASE,
)
_AFTER_NEPALI_NAME = re.compile(
    rf"मेरो नाम\s+(?:चाहिँ\s+)?((?!के\s)[^{_END}]{{1,20}}"
    rf"(?:\s(?!(?:हो|र|अनि|म|भयो)(?![\u0900-\u0963]))[^{_END}0-9]{{1,20}}){{0,3}})"
)
_PRIVATE = re.compile(
    f"{_NUMBER}|{_JAPANESE_NAME}|{_TITLED}|{_TITLED_LONG}|{_SEVERAL_CAPITALS}|{_KOREAN_NAME}"
)
_NO_NAMES = frozenset(
    (
        *"皆奥娘婿嫁孫子母父兄姉弟妹赤客神",
        *("大家", "息子", "旦那", "祖母", "祖父", "叔母", "叔父", "患者", "医者", "看護師"),
        *("弁護士", "担当者", "相談員", "保育士", "店員", "業者", "아저", "아가", "마음"),
    )
)
"""Stand before さん and 씨 and are nobody's name: 大家さん, お母さん, 아저씨; but 花子さん is."""


def private_spans(text: str) -> list[tuple[int, int]]:
    """Return where names and numbers stand, in order, without overlaps.

    Numbers in figures are all found. Names are found by what gives them away (さん, 씨, Mr., "my
    name is", several capitalised words): a single name in a script without capitals may be missed,
    which is why an operator who sets a remote server is told so.
    """
    found = [match.span() for match in _PRIVATE.finditer(text) if match.group() not in _NO_NAMES]
    for pattern in (_AFTER_NAMES, _AFTER_NEPALI_NAME):
        found += [match.span(1) for match in pattern.finditer(text)]
    spans: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if spans and start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(end, spans[-1][1])
        else:
            spans.append((start, end))
    return spans
