"""Records → what the desk's pages say, in words a counselor reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.core.model import Level
from bot.core.triage_parameters import FlagRow
from bot.service import Services
from bot.service.records import Waiting
from handlers.desk import words

TOKYO = ZoneInfo("Asia/Tokyo")
MINUTE_MS = 60_000
HOUR_MIN, DAY_MIN = 60, 24 * 60
FLAGS_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Urgency:
    """A level as it is shown: code, word and meaning, never colour alone."""

    code: str
    word: str
    means: str


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language: its own name, what it is called in Japanese ('' for Japanese), HTML `lang`."""

    own: str
    japanese: str
    html: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the list."""

    id: int
    urgency: Urgency
    urgent: bool
    waits: str
    waiting_minutes: int
    tongue: Tongue
    channel: str
    reason: str
    flags: tuple[str, ...]
    deadline: str
    holder: str
    mine: bool
    queued: bool
    trouble: bool
    last_message: str


@dataclass(frozen=True, slots=True)
class Showing:
    """Words for values. Times are Asia/Tokyo; `translate` is the console's own catalog."""

    services: Services
    translate: Callable[[str], str]
    flag_rows: Mapping[str, FlagRow]

    # --- small things --------------------------------------------------------------------------

    def clock(self, at: int) -> str:
        """Return the time of day."""
        return f"{_tokyo(at):%H:%M}"

    def day(self, at: int) -> str:
        """Return the date with its weekday."""
        when = _tokyo(at)
        weekday = self.translate(words.WEEKDAYS[when.weekday()])
        said = self.translate("{y}/{m}/{d}（{weekday}）")
        return said.format(y=when.year, m=when.month, d=when.day, weekday=weekday)

    def moment(self, at: int) -> str:
        """Return date and time in short; today's without the date."""
        when, now = _tokyo(at), _tokyo(self.services.now())
        clock = f"{when:%H:%M}"
        return clock if when.date() == now.date() else f"{when.month}/{when.day} {clock}"

    def due(self, iso: str) -> str:
        """Return a date that something must be done by, counted down; '' for none."""
        if not iso:
            return ""
        day, today = date.fromisoformat(iso), _tokyo(self.services.now()).date()
        left = (day - today).days
        if left > 0:
            said = self.translate("{m}/{d}（あと{n}日）")
        else:
            said = self.translate("{m}/{d}（過ぎました）" if left else "{m}/{d}（今日）")
        return said.format(m=day.month, d=day.day, n=left)

    def lasting(self, milliseconds: int) -> str:
        """Return a waiting time in words, in full minutes."""
        minutes = max(0, milliseconds) // MINUTE_MS
        if minutes < 1:
            return self.translate("1分未満")
        if minutes < HOUR_MIN:
            return self.translate("{m}分").format(m=minutes)
        if minutes < DAY_MIN:
            hours, rest = divmod(minutes, HOUR_MIN)
            return self.translate("{h}時間{m}分").format(h=hours, m=rest)
        days, rest = divmod(minutes, DAY_MIN)
        return self.translate("{d}日{h}時間").format(d=days, h=rest // HOUR_MIN)

    def urgency(self, level: int | str) -> Urgency:
        """Return a level in words."""
        code = level if isinstance(level, str) else f"U{level}"
        return Urgency(code, self.word(words.LEVELS, code), self.word(words.LEVEL_MEANS, code))

    def tongue(self, lang: str) -> Tongue:
        """Return a language by its own name, with what it is called in Japanese."""
        if not lang:
            return Tongue(self.translate("まだ選んでいない"), "", "ja")
        own = self.services.renderer.languages().get(lang, lang)
        japanese = "" if lang.startswith("ja") else self.word(words.LANGUAGES, lang)
        return Tongue(own, japanese, html_lang(lang))

    def word(self, table: words.Words, code: str) -> str:
        """Return what a code is called; a code nobody has named yet says itself."""
        return self.translate(table[code]) if code in table else code

    # --- the list ------------------------------------------------------------------------------

    def row(self, waiting: Waiting, reader_id: int) -> Row:
        """Return a row of the list for this reader."""
        since = waiting.waiting_since
        waited = self.services.now() - since if since is not None else 0
        urgency = self.urgency(waiting.level)
        last = waiting.last_message_at
        return Row(
            id=waiting.conversation_id,
            urgency=urgency,
            urgent=waiting.level >= Level.U3,
            waits=self.lasting(waited) if since is not None else "",
            waiting_minutes=waited // MINUTE_MS,
            tongue=self.tongue(waiting.lang),
            channel=self.word(words.CHANNELS, waiting.channel),
            reason=self.word(words.REASONS, waiting.reason),
            flags=self.flags(waiting.assessment)[:FLAGS_IN_A_ROW],
            deadline=self.due(str(waiting.assessment.get("deadline") or "")),
            holder=waiting.counselor_name,
            mine=waiting.counselor_id == reader_id,
            queued=waiting.counselor_id is None,
            trouble=waiting.trouble,
            last_message=self.moment(last) if last is not None else "",
        )

    def flag(self, flag: str) -> str:
        """Return a flag's name, as the rule table says it where the table is at hand."""
        row = self.flag_rows.get(flag)
        return self.translate(row.name) if row is not None else self.word(words.FLAGS, flag)

    def flags(self, assessment: Mapping[str, object]) -> tuple[str, ...]:
        """Return the names of the flags that fired, the most urgent first."""
        return tuple(self.flag(str(hit["flag"])) for hit in hits_of(assessment))


def html_lang(lang: str) -> str:
    """Return the HTML `lang` of a language code of ours."""
    return "ja" if lang.startswith("ja") else lang


def _tokyo(at: int) -> datetime:
    return datetime.fromtimestamp(at / 1000, TOKYO)


def hits_of(assessment: Mapping[str, object]) -> list[dict[str, object]]:
    """Return the hits of a stored assessment, the most urgent first."""
    hits = dicts(assessment.get("hits"))
    return sorted(hits, key=lambda hit: str(hit["level"]), reverse=True)


def dicts(value: object) -> list[dict[str, object]]:
    """Return the objects of a stored JSON list."""
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
