"""The languages on offer: their names, fallbacks and signs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.core.model import Lang
from bot.core.understanding import fold, without_marks

SOURCE_LANG = "ja"
EASY = "ja-easy"


@dataclass(frozen=True, slots=True)
class Language:
    """A language: own name in its own script, HTML `lang`, fallbacks in order, list separator."""

    code: Lang
    name: str
    html: str
    falls_back: tuple[Lang, ...]
    separator: str = "; "

    @property
    def folder(self) -> str:
        """The folder under locales/."""
        return self.code.replace("-", "_")


LANGUAGES = (
    Language("ja", "日本語", "ja", (), "、"),
    Language("ja-easy", "やさしい日本語", "ja", ("ja",), "、"),
    Language("en", "English", "en", ("ja-easy", "ja")),
    Language("zh-Hans", "简体中文", "zh-Hans", ("en", "ja-easy", "ja"), "、"),
    Language("zh-Hant", "繁體中文", "zh-Hant", ("en", "ja-easy", "ja"), "、"),
    Language("ko", "한국어", "ko", ("en", "ja-easy", "ja"), ", "),
    Language("vi", "Tiếng Việt", "vi", ("en", "ja-easy", "ja")),
    Language("ne", "नेपाली", "ne", ("en", "ja-easy", "ja")),
    Language("pt-BR", "Português (Brasil)", "pt-BR", ("en", "ja-easy", "ja")),
    Language("es", "Español", "es", ("en", "ja-easy", "ja")),
    Language("tl", "Filipino", "fil", ("en", "ja-easy", "ja")),
    Language("id", "Bahasa Indonesia", "id", ("en", "ja-easy", "ja")),
    Language("my", "မြန်မာဘာသာ", "my", ("en", "ja-easy", "ja"), "၊ "),
    Language("th", "ไทย", "th", ("en", "ja-easy", "ja")),
)
"""The menu, in its order. A new language is one row here and one catalog (CONTRIBUTING.md)."""

BY_CODE: Mapping[Lang, Language] = {each.code: each for each in LANGUAGES}


def names_of(offered: Iterable[Lang]) -> dict[str, Lang]:
    """Return what may be typed for each language: code, own name, English name."""
    english = {
        "japanese": "ja",
        "にほんご": "ja",
        "easy japanese": "ja-easy",
        "english": "en",
        "vietnamese": "vi",
        "nepali": "ne",
        "nepalese": "ne",
        "やさしいにほんご": "ja-easy",
        **dict.fromkeys(("chinese", "中文", "汉语", "普通话", "simplified chinese"), "zh-Hans"),
        **dict.fromkeys(("traditional chinese", "中文(繁體)", "台灣", "國語"), "zh-Hant"),
        **dict.fromkeys(("korean", "한국말", "hangugeo"), "ko"),
        **dict.fromkeys(("portuguese", "português", "portugues", "brazilian"), "pt-BR"),
        **dict.fromkeys(("spanish", "castellano"), "es"),
        **dict.fromkeys(("tagalog", "pilipino", "philippines"), "tl"),
        **dict.fromkeys(("indonesian", "indonesia", "bahasa"), "id"),
        **dict.fromkeys(("burmese", "myanmar", "ဗမာစာ", "မြန်မာ"), "my"),
        **dict.fromkeys(("thai", "ภาษาไทย", "phasa thai"), "th"),
    }
    names: dict[str, Lang] = {}
    for code in offered:
        names[fold(code)] = code
        names[fold(BY_CODE[code].name)] = code
        names[without_marks(fold(BY_CODE[code].name))] = code
    return names | {name: code for name, code in english.items() if code in names.values()}
