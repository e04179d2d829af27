"""How likely it is that words which spell a name are meant as one, by how they are written.

The numbers are set by hand, in steps that keep their order; what they give is measured by
`benchmarks/texts.py`.
"""

from __future__ import annotations

from mimic.model.spans import is_unspaced

#: Mentions below it are no candidates.
LEAST = 0.5

#: Words that hold sentences together: hardly ever a name, whoever bears it.
FUNCTION_WORDS = frozenset(
    """a about above after again against all also although am among an and another any anybody
    anyone anything are around as at away back be because been before behind being below
    beside besides between beyond both but by can cannot could did do does doing done down
    during each either else enough even ever every everybody everyone everything few first for
    from further had has have having he hence her here hers herself him himself his how
    however i if in indeed instead into is it its itself just last least less many me
    meanwhile might mine more moreover most much must my myself near neither never next no
    nobody none nor not nothing now of off often on once one only onto or other others
    otherwise our ours ourselves out over own perhaps quite rather same second several she
    should since so some somebody someone something soon still such than that the their theirs
    them themselves then there therefore these they third this those though three through
    throughout thus to together too toward towards two under unless until up upon us very was
    we well were what whatever when whenever where whereas whether which while who whom whose
    why with within without would yes yet you your yours yourself""".split()  # noqa: SIM905
)

#: Common words that are names, too: a capital inside a sentence tells, one at its start does not.
COMMON_WORDS = frozenset(
    """amber april art august autumn baker bath battle beach bear bell best bill bishop black
    blue book bridge brown bush cash chance chase child christian church city club coach coast
    cook court crane cross crown dawn day deep don drew duke earth east english faith field
    fish flora forest fox frank french friend game gene german glass glory god gold good grace
    grant gray great green ground hall hand harmony harry heart heaven high hill home hope
    house hunt ice iris iron ivy jack jet job joy june just justice kent king kiwi lake land
    large law lead league life light lily lion little long lord love mark market march mason
    match may mayor mercury mercy miles mill miller moon morning north nice night nick norm
    north ocean olive orange page paris park parker pat patience peace pearl people pepper
    phoenix pilot player point pool pope port president price prime prince queen race rain ray
    reading red rich ring river road robin rock rocket rod rose ruby rush sea season senate
    september shell ship silver sky small smith snow south spring square star state stone
    store storm story street summer sun sunday tanner team temple tiger times town trip turn
    united van victor violet virgin wall war washing water wave way west white will win wind
    winner winter wolf wood world worth yard year young""".split()  # noqa: SIM905
)


def prior(surface: str, folded: str, exact: bool, first: bool) -> float:
    """How likely it is that words of a text are meant as the name that they spell, from 0 to 1.

    Args:
        surface: the words, as the text has them.
        folded: the same without case and accents.
        exact: an entity bears the name in just this case.
        first: the sentence begins with them.
    """
    words = folded.split()
    if is_unspaced(folded[0]):
        return 0.9 if len(folded) > 1 else 0.1
    if len(words) > 1:
        return _of_several(words, surface, exact, first)
    if len(folded) == 1:
        meant = exact and not first and folded not in FUNCTION_WORDS and _caps(surface)
        return 0.6 if meant else 0.1
    if folded in FUNCTION_WORDS:
        return 0.8 if exact and _caps(surface) else 0.05
    if folded in COMMON_WORDS:
        return 0.05 if surface.islower() and not exact else 0.3 if first else 0.7
    if exact:
        return 0.9 if first else 0.99
    if surface.islower():
        return 0.6 if len(folded) > 3 else 0.2
    return 0.85 if len(folded) > 2 else 0.3


def _of_several(words: list[str], surface: str, exact: bool, first: bool) -> float:
    """The same of several words."""
    if all(word in FUNCTION_WORDS for word in words):
        return 0.6 if exact and not first else 0.05
    if exact:
        return 0.99
    common = FUNCTION_WORDS | COMMON_WORDS
    if surface.islower() and all(word in common or len(word) == 1 for word in words):
        return 0.1
    return 0.9


def _caps(surface: str) -> bool:
    """Whether it is written in capitals, as `US` and `WHO` are."""
    return surface.isupper()
