"""What the checks of machine translation know of one language: negations, numbers, answers."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.core.model import Lang


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How a language writes numbers, dates and times. All words are NFC and lower case.

    `digits` are ten native digits or ''. `group` and `decimal` are the usual separators, '' for
    none. `words` mean a figure by themselves (`hai` → 2), `scales` multiply the figure before them
    (`nghìn` → 1000). `months` and `weekdays` (Monday = 1) are names. `am` and `pm` stand beside a
    clock time; with `pm` 5 means 17 hours.
    """

    digits: str = ""
    group: str = ","
    decimal: str = "."
    words: Mapping[str, int] = field(default_factory=dict)
    scales: Mapping[str, int] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    am: tuple[str, ...] = ()
    pm: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grammar:
    """What is known of `lang` (locales/translation/LANG.yaml).

    `cues` each mark one negation in NFC lower-case text, once `neutral` ("not only", "must") is
    blanked out. `answers` are short answers whose meaning is fixed: folded words → Japanese.
    """

    lang: Lang
    cues: tuple[re.Pattern[str], ...] = ()
    neutral: tuple[re.Pattern[str], ...] = ()
    numbers: NumberWords = field(default_factory=NumberWords)
    answers: Mapping[str, str] = field(default_factory=dict)
    review: str = ""
