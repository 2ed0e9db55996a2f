"""Flow: one version of the dialog with its words and rules, and Versions: how to find one."""

from collections import OrderedDict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock

import structlog

from bot.core.answers import Answers
from bot.core.detecting import Detectors
from bot.core.dialog import Dialog
from bot.core.model import Lang
from bot.core.moves import Context
from bot.core.triage import Assessment
from bot.errors import DialogInvalidError
from bot.service.moving import MigrationMap
from bot.service.ports import Renderer, Work

Triage = Callable[[Answers, Lang, date, Collection[str]], Assessment]

KEPT = 8
"""So many older versions a process keeps ready at once."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Flow:
    """A version of the dialog that is not the current one, ready to be talked with."""

    dialog: Dialog
    renderer: Renderer
    triage: Triage
    detectors: Detectors

    def context(self, current: Context) -> Context:
        """Return the context of a turn on this version.

        The net for cries for help is the current one: like a wrong telephone number, a word that
        was missed is mended for everybody at once.
        """
        return replace(
            current,
            triage=self.triage,
            languages=tuple(self.renderer.languages()),
            language_of=self.renderer.language_of,
            detectors=current.detectors.completed(self.detectors),
        )


Rebuild = Callable[[str, bytes], Flow]
"""A stored version made ready. Raises DialogInvalidError where it can be used no longer."""


class Versions:
    """The versions of the dialog beside the current one. Safe to share between threads."""

    def __init__(
        self, rebuild: Rebuild | None = None, *, maps: Sequence[MigrationMap] = ()
    ) -> None:
        self.maps = tuple(maps)
        self._rebuild = rebuild
        self._lock = Lock()
        self._ready: OrderedDict[str, Flow | None] = OrderedDict()

    def find(self, work: Work, version: str) -> Flow | None:
        """Return a stored version, retired or not; None where it is unknown or unusable."""
        with self._lock:
            if version in self._ready:
                self._ready.move_to_end(version)
                return self._ready[version]
            packed = work.releases.packed(version)
            if packed is None or self._rebuild is None:
                # Not remembered: another process may be storing it just now.
                return None
            self._ready[version] = flow = self._made(version, packed)
            while len(self._ready) > KEPT:
                self._ready.popitem(last=False)
            return flow

    def is_served(self, work: Work, version: str) -> bool:
        """Tell whether conversations go on with this stored version."""
        release = work.releases.get(version)
        return release is not None and release.retired_at is None

    def _made(self, version: str, packed: bytes) -> Flow | None:
        assert self._rebuild is not None
        try:
            return self._rebuild(version, packed)
        except DialogInvalidError as error:
            # It names a number that was withdrawn, or this program refuses what an older one took.
            log.warning("release_unusable", version=version, problems=len(error.problems))
            return None
