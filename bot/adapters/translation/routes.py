"""Which installed packages take a text from one language to another."""

from collections.abc import Mapping, Sequence

from bot.adapters.translation.packages import InstalledPackage

PIVOT = "en"

Figures = Mapping[str, float]
"""By `figure_key(package)`: chrF on the evaluation sets (0 … 100), or the floor of its scores."""


def figure_key(package: InstalledPackage) -> str:
    """Name a package's direction in the figures of `tsunagi models eval`."""
    return f"{package.name} {package.source}>{package.target}"


def best_route(
    packages: Sequence[InstalledPackage], start: str, end: str, figures: Figures
) -> list[InstalledPackage] | None:
    """Return one package, or two by a pivot; None where nothing serves the pair.

    A way that may be shown to everybody goes before one for counselors only; then direct before a
    pivot, English before other pivots. Of several packages of one direction the better by our own
    evaluation is taken; where not all of them were evaluated, the higher version.
    """
    if start == end:
        return None
    best = {
        (package.source, package.target): package
        for package in sorted(packages, key=lambda each: each.rank)
    }
    for pair, first in list(best.items()):
        rivals = [
            each
            for each in packages
            if (each.source, each.target) == pair and each.drafts_only == first.drafts_only
        ]
        if all(figure_key(each) in figures for each in rivals):
            best[pair] = max(rivals, key=lambda each: (figures[figure_key(each)], each.rank))
    routes = [[best[start, end]]] if (start, end) in best else []
    routes += [
        [best[start, pivot], best[pivot, end]]
        for source, pivot in best
        if source == start and (pivot, end) in best
    ]

    def order(route: list[InstalledPackage]) -> tuple[bool, int, bool, str]:
        drafts_only = any(package.drafts_only for package in route)
        return drafts_only, len(route), route[0].target != PIVOT, route[0].target

    return min(routes, key=order, default=None)
