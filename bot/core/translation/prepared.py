"""What a counselor does with prepared sentences: looks through them, and sends one."""

from dataclasses import dataclass

from bot.core.model import Lang
from bot.core.translation.phrases import COUNSELOR, JAPANESE, PhraseTable
from bot.core.translation.slots import LABELS, open_slots, shown

_SLOT_OF = {f"〔{label}〕": f"{{{slot}}}" for slot, label in LABELS.items()}


@dataclass(frozen=True, slots=True)
class Prepared:
    """Implements ports.Phrasebook over the sentences of a table."""

    table: PhraseTable

    def lookup(self, japanese: str, lang: Lang) -> str:
        """Return the prepared sentence in `lang`, with what the counselor filled into its slots.

        '' where there is none, a slot is still open or what stands in it is not of its kind.
        Spaces and final punctuation do not matter.
        """
        if open_slots(japanese):
            return ""
        found = self.table.find(japanese, JAPANESE, lang)
        return found.text if found is not None else ""

    def sentences(self, lang: Lang) -> list[tuple[str, str]]:
        """Return (Japanese, translation) of the counselors' sentences, each Japanese one once.

        Slots stand in them as counselors see and fill them: 〔日付〕.
        """
        said = {
            shown(phrase.texts[JAPANESE][0]): shown(phrase.texts[lang][0])
            for phrase in reversed(self.table.phrases)
            if phrase.side == COUNSELOR and lang in phrase.texts
        }
        return list(reversed(said.items()))


def stored(text: str) -> str:
    """Return a sentence as it is kept, from how counselors write it: 〔日付〕 is {date}."""
    for said, slot in _SLOT_OF.items():
        text = text.replace(said, slot)
    return text
