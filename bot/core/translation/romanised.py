"""How Nepali words look on a Latin keyboard: every usual spelling folded into few keys."""

import re


def _table(signs: str, sounds: str) -> dict[str, str]:
    return dict(zip(signs, sounds.split(), strict=True))


_CONSONANTS = _table("कखगघङचछजझञटठडढण", "k kh g gh n c c j jh n t th d dh n") | _table(
    "तथदधनपफबभमयरलवशषसह", "t th d dh n p f b bh m y r l b s s s h"
)
_SIGNS = _table("ािीुूृेैोौॉॅ", "a i i u u ri e ai o au o e")
_VOWELS = _table("अआइईउऊऋएऐओऔऑ", "a a i i u u ri e ai o au o")
_NUKTA, _VIRAMA, _NASALS, _TILDE = "\u093c", "\u094d", "ंँ", "ँ"
_INHERENT = "A"
"""Stands for the vowel that is not written: spoken, typed or left out."""
_MOST = 24
"""Spellings of one word that are tried; long words have more places to drop a vowel."""

_FOLDS = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (r"[^a-z]", ""),
        (r"gy?ny|jn|gy", "gy"),
        (r"x(?=h)|chh+|ch|x", "c"),
        (r"sh+", "s"),
        (r"ph+", "f"),
        (r"ck|q", "k"),
        (r"z", "j"),
        (r"aa+", "a"),
        (r"ee+|ii+", "i"),
        (r"oo+|uu+", "u"),
        (r"ou|ow|aw", "au"),
        (r"[vw]", "b"),
        (r"m(?=[pbf])", "n"),
        (r"([b-df-hj-np-tvwxz])\1+(?!(?<=mm)a$)", r"\1"),  # kamma: kam and ma
        (r"(?<=[aeiou])y(?=[aeiou])", ""),
        (r"iy|y(?=[aeiou])", "y"),
    )
)


def fold(typed: str) -> str:
    """Return the key of a word in Latin letters: chha, cha and xa are one, aa and a, v, w and b."""
    key = typed.lower()
    for pattern, plain in _FOLDS:
        key = pattern.sub(plain, key)
    return key


def loose(key: str) -> str:
    """Return a key without what is most often typed otherwise: breath (bh, b), nasals, ie or ye."""
    key = re.sub(r"(?<=[kgcjtdbpy])h|n(?=[kgcjtdbfs])", "", key)
    return re.sub(r"ia", "ya", re.sub(r"ae", "ai", key))


def skeleton(key: str) -> str:
    """Return a loose key without any `a` after its first letter (hjur, garxu, malai and mlai)."""
    key = loose(key)
    return key[:1] + key[1:].replace("a", "")


def spellings(word: str) -> set[str]:
    """Return the keys of the usual spellings of a word in Devanagari.

    The inherent vowel may be typed or not at the end and between two consonants that both have
    neighbours with vowels (नगरपालिका: nagarapalika, nagarpalika); a nasal sign may be left out.
    """
    sounds = _sounds(word)
    ways = [""]
    for at, sound in enumerate(sounds):
        choices: tuple[str, ...] = (sound,)
        if sound == _INHERENT:
            choices = ("a", "") if _may_fall(sounds, at) else ("a",)
        elif sound == _TILDE:
            choices = ("", "n")
        ways = [way + choice for way in ways for choice in choices][:_MOST]
    return {fold(way) for way in ways}


def _sounds(word: str) -> list[str]:
    sounds: list[str] = []
    for sign, following in zip(word, [*word[1:], ""], strict=True):
        if sign in _CONSONANTS:
            sounds.append(_CONSONANTS[sign])
            if following == "" or following not in f"{_VIRAMA}{_NUKTA}{''.join(_SIGNS)}":
                sounds.append(_INHERENT)
        elif sign in _SIGNS:
            sounds.append(_SIGNS[sign])
        elif sign in _VOWELS:
            sounds.append(_VOWELS[sign])
        elif sign in _NASALS:
            sounds.append(_TILDE if sign == _TILDE else "n")
    return sounds


def _may_fall(sounds: list[str], at: int) -> bool:
    """Whether an inherent vowel is often left out: at the end, or in V C _ C V."""
    if at == 1:
        return False
    if at == len(sounds) - 1:
        return True
    around = [*sounds[at - 2 : at], *sounds[at + 1 : at + 3]]
    kinds = "".join("v" if _is_vowel(each) else "c" for each in around)
    return kinds in {"vccv", "vcc"}


def _is_vowel(sound: str) -> bool:
    return sound == _INHERENT or sound[0] in "aeiou"
