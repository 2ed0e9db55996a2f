"""Lengths as LINE counts them: graphemes for labels, UTF-16 code units for texts."""

import regex

_CLUSTER = regex.compile(r"\X")


def grapheme_count(text: str) -> int:
    """Return the number of extended grapheme clusters (LINE: text-character-count, labels)."""
    if text.isascii():
        return len(text)
    return len(_CLUSTER.findall(text))


def clip_graphemes(text: str, limit: int) -> str:
    """Return `text` within `limit` graphemes, ending in an ellipsis where it was cut."""
    if len(text) <= limit:  # a cluster has at least one code point
        return text
    clusters = _CLUSTER.findall(text)
    if len(clusters) <= limit:
        return text
    return "".join(clusters[: limit - 1]) + "…"


def utf16_length(text: str) -> int:
    """Return the length in UTF-16 code units (LINE: message text, altText, postback data)."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def split_utf16(text: str, limit: int) -> list[str]:
    """Cut `text` into pieces of at most `limit` UTF-16 units, never inside a grapheme.

    Cuts at the last line break or space of a piece where there is one in its second half.
    """
    if 0 < 2 * len(text) <= limit:  # a code point has at most two units
        return [text]
    pieces: list[str] = []
    current: list[str] = []
    size = 0
    for cluster in _CLUSTER.findall(text):
        units = utf16_length(cluster)
        if size + units > limit and current:
            kept = _cut_at_break(current)
            pieces.append("".join(current[:kept]))
            current = current[kept:]
            size = sum(utf16_length(each) for each in current)
        current.append(cluster)
        size += units
    if current:
        pieces.append("".join(current))
    return pieces


def _cut_at_break(clusters: list[str]) -> int:
    for index in range(len(clusters) - 1, len(clusters) // 2, -1):
        if clusters[index].isspace():
            return index + 1
    return len(clusters)
