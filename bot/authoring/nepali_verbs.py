"""Forms of common Nepali verbs as residents say them; written corpora hold few of them."""

from collections.abc import Iterator


def _words(table: str) -> list[str]:
    return table.split()


_LIKE_GAR = _words(
    "गर् भन् बस् सक् तिर् लाग् मर् मार् पर् निकाल् राख् माग् पढ् लेख् बुझ् खोज् किन् बेच् काट् कुट् पिट् छोड् हिँड् "
    "दौड् भाग् सुत् उठ् बोल् सुन् हेर् देख् चिन् मिल् पुग् चल् रोक् फर्क् सर् डर् थाक् दुख् घट् बढ् हट् छुट् जान् मान् "
    "चाह् सोध् सोच् भेट् बिर्स् हाल् फाल् हुर्क् निस्क् पस् झर् चढ् खुल् खोल् बाँच् ढाँट् ठग् हेप् सह् पर्ख् कुर् "
    "सिक् जित् हार् बिग्र् फेर् घुम् टुट् फुट् रुच् पुछ् जोड् थुन् भर्"
)
_LIKE_PAU = _words(
    "पाउ आउ पठाउ लगाउ बनाउ कमाउ चलाउ कराउ बुझाउ खुवाउ हराउ डराउ निदाउ घटाउ बढाउ सुनाउ भेटाउ गुमाउ जोगाउ "
    "पकाउ सताउ दुखाउ मिलाउ सिकाउ हटाउ बचाउ नुहाउ तर्साउ धम्क्याउ ल्याउ फर्काउ दोहोर्‍याउ छुटाउ लुकाउ समाउ देखाउ"
)
_LIKE_KHA = ("खा", "दि", "लि")
_GO = "जा"

_AFTER_CONSONANT = _words(
    "्छु ्छ ्छन् ्छौ ्छौं िनँ ेँ ्यो े ्यौं ेन ेनन् ेको ेकी ेका ेर ी ्न ्ने ्नु ्नुपर्छ ्नुपर्ने ्नुपर्‍यो ्नुपर्दैन "
    "्नुहुन्छ ्नुहुन्न ्नुभयो ्नुभएको ्नुहोस् ्नुस् ्नलाई ्दा ्दै ्दैछु ्दैछ ्दैछन् ्दिनँ ्दैन ्दैनन् ्दैनौं ्थेँ ्थ्यो "
    "ेपछि ेकोले िन्छ िँदैन ियो िएन िएको िसकेँ िसक्यो िसकेको िरहेको िरहेकी िरहेका िरहन्छ िदिनुहोस् िदिनुस् िदिन "
    "िदिने िदियो िदिन्छ िदिएको िदिएन िदिँदैन िदिनुहुन्छ"
)
_AFTER_VOWEL = _words(
    "Nछु Nछ Nछन् Nछौं Mदिनँ Mदैन Mदैनन् Mदा Mदै Mदैछु Mदैछ Uन Uने Uनु Uनुपर्छ Uनुपर्ने Uनुपर्‍यो Uनुपर्दैन Uनुहुन्छ "
    "Uनुहुन्न Uनुभयो Uनुभएको Uनुहोस् Uनुस् Uनलाई Pएँ Pयो Pए Pएन Pएनन् Pएको Pएकी Pएका Pएर Pएपछि Pएकोले Pइनँ "
    "Iई Iइन्छ Iइँदैन Iइयो Iइएन Iइएको Iइसकेँ Iइसक्यो Iइसकेको Iइरहेको Iइरहेकी Iइरहेका Iइरहन्छ Iइदिनुहोस् "
    "Iइदिनुस् Iइदिन Iइदिने Iइदियो Iइदिन्छ Iइदिएन"
)
_MAY_BE_DENIED = ("्न", "्ने", "्नु", "्नुहोस्", "्नुस्", "ी", "े", "ेको", "ेकी", "ेका", "ेकोले", "ेपछि", "्दा")


# What the capitals stand for: N the present stem (पाउँ, खान्), M the nasal one (पाउँ, खाँ), U the
# plain one (पाउ, खा), P the past one (पा, खा, of जा: ग), I the past one before a vowel.


def verb_forms() -> Iterator[str]:
    """Yield forms in the present, past and perfect, affirmative and negative, and what joins them.

    Both spellings of the first person are yielded (गरेँ, गरें).
    """
    for form in _forms():
        yield form
        if form.endswith("ेँ"):
            yield f"{form[:-1]}ं"


def _forms() -> Iterator[str]:
    for stem in _LIKE_GAR:
        root = stem[:-1]
        for ending in _AFTER_CONSONANT:
            yield _joined(root, ending)
            if ending in _MAY_BE_DENIED:
                yield f"न{_joined(root, ending)}"
    for stem in _LIKE_PAU:
        short = stem[:-1]
        nasal = f"{stem}ँ"
        yield from _vowel_forms(with_n=nasal, with_tilde=nasal, plain=stem, past=short)
    for stem in _LIKE_KHA:
        yield from _vowel_forms(with_n=f"{stem}न्", with_tilde=f"{stem}ँ", plain=stem, past=stem)
    yield from _vowel_forms(with_n=f"{_GO}न्", with_tilde=f"{_GO}ँ", plain=_GO, past="ग")


def _vowel_forms(*, with_n: str, with_tilde: str, plain: str, past: str) -> Iterator[str]:
    stems = {"N": with_n, "M": with_tilde, "U": plain, "P": past, "I": past}
    for ending in _AFTER_VOWEL:
        yield stems[ending[0]] + ending[1:]
        if ending[0] in "UP" or ending == "Iई":
            yield f"न{stems[ending[0]]}{ending[1:]}"


def _joined(root: str, ending: str) -> str:
    """Join a root and an ending; r before y keeps its eyelash form (गर्‍यो)."""
    if root.endswith("र") and ending.startswith("्य"):
        return f"{root}्\u200d{ending[1:]}"
    return root + ending
