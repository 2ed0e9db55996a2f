"""Which language a text is in, where that is sure; for texts that do not fit their conversation."""

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Any

from bot.core.model import Lang
from bot.core.translation.nepali import Devanagari
from bot.core.translation.respelling import Restored
from bot.core.translation.splitting import EXACT
from bot.core.translation.vietnamese import Tones

FEWEST_LETTERS = 20
FEWEST_WORDS = 4
"""Below these a text in Latin letters is not guessed: names, "ok thanks", one loan word."""
FEWEST_WIDE = 6
FEWEST_SIGNS = 12
"""Below this many letters a text in another script is not guessed: a name, "ขอบคุณค่ะ".

FEWEST_WIDE is for Japanese, Chinese and Korean, whose signs are syllables or words.
"""
ALONE = 0.8
"""The least share of signs in the script of the language; a Latin name or word counts as one."""
SURE = 0.95
"""The least probability among the languages compared. Measured on short everyday sentences."""
SURE_WITHOUT_MARKS = 0.8

_SCRIPTS = re.compile(
    "(?P<kana>[\u3041-\u309f])|(?P<katakana>[\u30a1-\u30ff\uff66-\uff9f])"
    "|(?P<han>[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])"
    "|(?P<ko>[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3])|(?P<th>[\u0e01-\u0e3a\u0e40-\u0e4e])"
    "|(?P<my>[\u1000-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f])|(?P<ne>[\u0900-\u0963\u0971-\u097f])"
    "|(?P<latin>[A-Za-z\u00aa\u00ba\u00c0-\u024f\u1e00-\u1eff]+)|(?P<other>[^\\W\\d_])"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_HINDI = re.compile(
    "(?:^|\\s)(?:है|हैं|में|और|नहीं|था|थी|थे|मैं|मुझे|मेरे|हूँ|हूं|क्या|आहे|आहेत|आणि|नाही|मला)(?=[\\s।.?!,]|$)"
)

# Frequent characters that Japanese does not use and that the other Chinese does not either.
_SIMPLIFIED = frozenset(
    "这们吗么时为开电发请说对给动汤过间车应关于现设话后从单语该无议经诉问样进还欢气书乐钟网听认备让两选并帮员见长题儿种"
    "显联报邮调场实东觉约计别记确读结总启买爱许码试头历图钱闹络闻视预务门谁离带复项游亲统业传变马尔资妈广运况错达节张锁"
    "检队闭赛丽习师标连难录决续须订杰论饭处价边导测义岁办户热识谢证维线组响罗换风远择轻产类权护举转费讲输验终强划频兴满"
    "够获厅讯编园继战购伤细辑态馆页险疗谈脑课阅专误脸则绝紧笔华载戏货监观卫击严红药际术较领访适鱼词败级评规营创汇顾储"
    "减讨仅迟纪责阳愿诊胜圣质极帐赔税签证债欠贷"
) - frozenset("税欠湯強別並無頻爱强别")
_TRADITIONAL = frozenset(
    "會們嗎麼點發說國對沒學應關於將從單經樣數歡氣臺樂聽讓當兩與幫據號體兒顯內聯實燈覺禮區讀狀總啟碼聲歷圖錢鬧條帶傳"
    "變爾醫媽廣檢錄刪續亞處價邊參辦戶證裝擇輕產權舉轉隨驗稱劃盡滿夠萬廳靜繼戰險腦閱專觸臉絕輛戲擔觀擊嚴藥爭斷營畫"
    "貓眾遲獨圍灣壞團黨雜顏雞釋擾搖雙籤覽脫壓隱麥卻賣濟贏賬趕屬雖詢腳廚懷徵黃丟寶燒勞譯舊豐樓銷藝駕鐵擴惡齡"
) - frozenset("賬")

_OURS = {"vi": "vi", "en": "en", "es": "es", "pt": "pt-BR", "tl": "tl", "id": "id"}
_PLAIN = {"en", "es", "pt", "fr", "it"}
"""Which the model knows from Vietnamese and Nepali in plain letters; these it may take for tl."""
_COMPARED = (*_OURS, "ca", "de", "fr", "it", "nl", "ro", "sw", "tr")
"""Others that residents may write, so that they are not taken for one of ours.

Malay, Javanese, Galician and Pidgin are left out: beside them a sentence of everyday Indonesian,
Portuguese or English is seldom sure, and who writes them reads these.
"""


class LanguageHint:
    """Guesses languages; silent where it is not sure. Safe to share between threads.

    The model for Latin letters is read at the first such text: 0.5 s, about 75 MB.
    """

    def __init__(self, tones: Tones, devanagari: Devanagari) -> None:
        self._tones = tones
        self._devanagari = devanagari

    def guessed(self, text: str) -> Lang:
        """Return the code of the language of `text`, '' where it is short, mixed or not sure.

        One of ja, zh-Hans, zh-Hant, ko, my, th, ne, vi, en, es, pt-BR, tl, id. Nepali in Latin
        letters is ne, Vietnamese without marks vi. Any Portuguese is pt-BR, any kana ja.
        """
        text = unicodedata.normalize("NFC", EXACT.sub(" ", text))
        scripts = Counter(match.lastgroup or "" for match in _SCRIPTS.finditer(text))
        signs = scripts.total()
        if scripts["latin"] == signs:
            return self._latin(text)
        if signs < FEWEST_WIDE:
            return ""
        japanese = scripts["kana"] + scripts["katakana"] + scripts["han"]
        if scripts["kana"] and japanese >= ALONE * signs:
            return "ja"
        if not scripts["katakana"] and scripts["han"] >= ALONE * signs:
            return _chinese(text)
        if scripts["ko"] >= ALONE * signs:
            return "ko"
        for script in ("th", "my", "ne"):
            if scripts[script] >= max(ALONE * signs, FEWEST_SIGNS):
                return "" if script == "ne" and _HINDI.search(text) else script
        return ""

    def _latin(self, text: str) -> Lang:
        words = _WORD.findall(text)
        if len(words) < FEWEST_WORDS or sum(map(len, words)) < FEWEST_LETTERS:
            return ""
        if all(word[0].isupper() for word in words) and not text.isupper():
            return ""  # names and addresses
        identifier = _identifier()
        language, probability = identifier.classify(text.lower()) if identifier else ("", 0.0)
        language = language if probability >= SURE else ""
        if text.isascii():  # with marks, the model sees what it is
            vietnamese = self._tones.restored(text)
            nepali = self._devanagari.restored(text)
            if vietnamese.changed or nepali.changed:
                return "" if language in _PLAIN else _without_marks(vietnamese, nepali)
        return _OURS.get(language, "")


def _without_marks(vietnamese: Restored, nepali: Restored) -> Lang:
    if vietnamese.changed and nepali.changed:
        return ""
    lang, sure = ("vi", vietnamese.sure) if vietnamese.changed else ("ne", nepali.sure)
    return lang if sure >= SURE_WITHOUT_MARKS else ""


def _chinese(text: str) -> Lang:
    signs = set(text)
    simplified, traditional = signs & _SIMPLIFIED, signs & _TRADITIONAL
    if simplified and traditional:
        return ""
    return "zh-Hans" if simplified else "zh-Hant" if traditional else ""


@lru_cache(maxsize=1)
def _identifier() -> Any | None:
    """Load py3langid the first time somebody writes in Latin letters; None where it is missing."""
    try:
        from py3langid.langid import (  # noqa: PLC0415
            MODEL_FILE,
            LanguageIdentifier,
        )
    except ImportError:
        return None
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(list(_COMPARED))
    return identifier
