"""Reading a region: its name, its ISO 3166-2 code, or its number as the country counts them. Pure."""

from lms.lib.words import plain_words
from lms.people.regions import REGIONS
from lms.people.rosters.problems import Problem, ValueProblemError
from lms.people.rosters.values import quote

# Decree laws 575 (1974) and 2.339 (1978), laws 20.174, 20.175 (2007) and 21.033 (2017). Metropolitana
# has no number of its own; XIII is how lists keep it.
NUMBERS = {
    "CL-TA": (1, "i"),
    "CL-AN": (2, "ii"),
    "CL-AT": (3, "iii"),
    "CL-CO": (4, "iv"),
    "CL-VS": (5, "v"),
    "CL-LI": (6, "vi"),
    "CL-ML": (7, "vii"),
    "CL-BI": (8, "viii"),
    "CL-AR": (9, "ix"),
    "CL-LL": (10, "x"),
    "CL-AI": (11, "xi"),
    "CL-MA": (12, "xii"),
    "CL-RM": (13, "xiii"),
    "CL-LR": (14, "xiv"),
    "CL-AP": (15, "xv"),
    "CL-NB": (16, "xvi"),
}
_OTHER_NAMES = {
    "CL-RM": ("metropolitana", "rm", "santiago"),
    "CL-LI": ("libertador general bernardo ohiggins", "libertador general bernardo o higgins", "ohiggins"),
    "CL-BI": ("bio bio",),
    "CL-AR": ("araucania",),
    "CL-AI": ("aysen del general carlos ibanez del campo", "aisen"),
    "CL-MA": ("magallanes", "magallanes y antartica chilena"),
    "CL-AP": ("arica",),
}
_BEFORE = ("region de la ", "region de los ", "region del ", "region de ", "region ")


def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for region in REGIONS:
        number, roman = NUMBERS[region.code]
        short = region.code.partition("-")[2].lower()
        names = (region.name, region.code, *_OTHER_NAMES.get(region.code, ()))
        found |= {plain_words(name): region.code for name in names}
        found |= dict.fromkeys((short, str(number), f"{number:02d}", roman), region.code)
    return found


_BY_WORDS = _spellings()


def read_region(text: str) -> str:
    """``"Región de Ñuble"``, ``"XVI"``, ``"16"``, ``"CL-NB"`` → ``"CL-NB"``.

    Raises:
        ValueProblemError: unknown.
    """
    words = plain_words(text)
    candidates = [words, *(words.removeprefix(before) for before in _BEFORE), words.removesuffix(" region")]
    for candidate in candidates:
        if candidate in _BY_WORDS:
            return _BY_WORDS[candidate]
    raise ValueProblemError(Problem.UNKNOWN_REGION, quote(text))
