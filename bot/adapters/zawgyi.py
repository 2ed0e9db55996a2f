"""Burmese typed with the old Zawgyi fonts → Unicode, before anybody reads or translates it."""

import re
import threading
import warnings
from collections.abc import Callable
from functools import lru_cache

_MYANMAR = re.compile("[\u1000-\u109f]")
SURE = 0.95
"""From this probability on a text is converted: fewer than 1 % of Unicode texts reach it
(Myanmar Tools, "conversion will take place automatically")."""

_loading = threading.Lock()


def readable(text: str) -> str:
    """Return `text` with Burmese in Zawgyi converted to Unicode (CLDR `Zawgyi-my`); else as it is.

    Both encodings use the same code points for different letters, so without this detectors,
    translation and the counselor's screen would show nonsense. A text too short to tell stays as
    it is, and so does every text where this platform has no ICU.
    """
    if not _MYANMAR.search(text):
        return text
    with _loading:
        tools = _tools()
    if tools is None:
        return text
    probability, convert = tools
    return convert(text) if probability(text) >= SURE else text


@lru_cache(maxsize=1)
def _tools() -> tuple[Callable[[str], float], Callable[[str], str]] | None:
    """Load ICU and the detector the first time somebody writes Burmese."""
    try:
        import icu  # noqa: PLC0415
        from myanmartools import ZawgyiDetector  # noqa: PLC0415
    except ImportError:
        return None
    transform = icu.Transliterator.createInstance("Zawgyi-my")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # it reads its model the old way
        detector = ZawgyiDetector()
    return detector.get_zawgyi_probability, transform.transliterate
