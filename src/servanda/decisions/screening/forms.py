"""Company forms in many languages, known by one word each, so that `Limited` and `Ltd.` are one thing.

The words are those under which the forms are registered in the countries that use them; what each stands
for is a family (joint stock, limited liability, ...) and no statement of law.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

NATIVE: tuple[tuple[str, str], ...] = (
    ("有限責任公司", " llc "),
    ("有限责任公司", " llc "),
    ("股份有限公司", " co ltd "),
    ("有限公司", " co ltd "),
    ("株式会社", " co ltd "),
    ("㈱", " co ltd "),
    ("(株)", " co ltd "),
    ("有限会社", " co ltd "),
    ("合同会社", " llc "),
    ("주식회사", " co ltd "),
    ("㈜", " co ltd "),
    ("(주)", " co ltd "),
    ("유한회사", " llc "),
    ("유한책임회사", " llc "),
    ("公司", " co "),
    ("集団", " group "),
    ("集团", " group "),
    ("集團", " group "),
    ("회사", " co "),
    ("会社", " co "),
    ("그룹", " group "),
)
"""Forms written without spaces, replaced before anything is read; the longer before the shorter."""

WORDS: dict[str, str] = {
    "company": "co",
    "comp": "co",
    "cos": "co",
    "companies": "co",
    "limited": "ltd",
    "ltda": "ltd",
    "limitada": "ltd",
    "incorporated": "inc",
    "corporation": "corp",
    "corporacion": "corp",
    "private": "pvt",
    "pte": "pvt",
    "pty": "pvt",
    "proprietary": "pvt",
    "gesellschaft": "gmbh",
    "aktiengesellschaft": "ag",
    "societe": "sa",
    "sociedad": "sa",
    "anonima": "sa",
    "ooo": "llc",
    "obshchestvo": "llc",
    "obschestvo": "llc",
    "ogranichennoi": "llc",
    "ogranichennoy": "llc",
    "otvetstvennostyu": "llc",
    "otvetstvennostiyu": "llc",
    "liability": "llc",
    "aktsionernoe": "jsc",
    "aktsionernogo": "jsc",
    "otkrytoe": "jsc",
    "otkrytogo": "jsc",
    "zakrytoe": "jsc",
    "zakrytogo": "jsc",
    "publichnoe": "jsc",
    "publichnogo": "jsc",
    "oao": "jsc",
    "zao": "jsc",
    "pao": "jsc",
    "ao": "jsc",
    "ojsc": "jsc",
    "pjsc": "jsc",
    "cjsc": "jsc",
    "aozt": "jsc",
    "ooo llc": "llc",
    "fgup": "fsue",
    "kk": "co",
    "kabushiki": "co",
    "kaisha": "ltd",
    "yugen": "co",
    "chusik": "co",
    "hoesa": "co",
    "gongsi": "co",
    "youxian": "ltd",
    "group": "group",
    "grp": "group",
    "holdings": "holding",
    "enterprises": "enterprise",
    "intl": "international",
    "tech": "technology",
    "technologies": "technology",
    "industries": "industry",
    "industrial": "industry",
    "imp": "import",
    "exp": "export",
    "trdg": "trading",
    "dept": "department",
    "inst": "institute",
    "univ": "university",
    "mfg": "manufacturing",
    "eng": "engineering",
    "engg": "engineering",
    "bros": "brothers",
    "and": "",
    "the": "",
    "of": "",
    "de": "",
    "la": "",
    "for": "",
}
"""Words that stand for one another in names of companies, and little words that say nothing."""

PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{pattern})\b"), f" {form} ")
    for pattern, form in (
        (r"s (?=ogranich)", ""),
        (r"(?:public |open |closed |private |non-?public )?joint[ -]?stock(?: company| society)?", "jsc"),
        (r"(?:federal'?noe )?gosudarstvennoe unitarnoe predpriyatie", "fsue"),
        (r"federal state unitary enterprise", "fsue"),
        (r"sociedad anonima(?: de capital variable)?|societe anonyme|societa per azioni", "sa"),
        (r"s\.? ?a\.? de c\.? ?v\.?|s\.? de r\.? ?l\.?(?: de c\.? ?v\.?)?", "sa"),
        (r"sociedad de responsabilidad limitada|societe a responsabilite limitee", "sarl"),
        (r"gesellschaft mit beschrankter haftung", "gmbh"),
        (r"besloten vennootschap|naamloze vennootschap", "nv"),
        (r"sendirian berhad", "sdn bhd"),
        (r"perseroan terbatas", "pt"),
        (r"(?:gufen |zeren )?youxian (?:zeren )?gongsi", "co ltd"),
        (r"kabushiki[ -]?(?:kaisha|gaisha)", "co ltd"),
        (r"chusik[ -]?hoesa", "co ltd"),
        (r"free zone (?:establishment|company)", "fze"),
    )
)
"""Forms of several words, in the romanisations in which lists have them; the longer before the shorter."""
MAY_HOLD_PHRASE = re.compile(
    r"stock|s ogranich|unitar|anonim|anonyme|per azioni|limitada|limitee|haftung|venn|berhad|terbatas|"
    r"gongsi|shiki|hoesa|free zone|de c|de r"
)
"""Without one of these a name holds no such form, and most names are not looked at any longer."""

_LONG = tuple(one for one, into in WORDS.items() if into and len(one) > 7)  # noqa: PLR2004


_EDGES = frozenset(edge for one in _LONG for edge in (one[:3], one[-3:]))


def one_form(word: str) -> str:
    """Return the word that stands for a word and its like; a long one may hold a slip."""
    found = WORDS.get(word)
    if found is not None:
        return found
    # Of a word with one slip the beginning is right, or the end is; in a short one a slip makes another word.
    if len(word) < 8 or not (word[:3] in _EDGES or word[-3:] in _EDGES):  # noqa: PLR2004
        return word
    return _nearest(word)


@lru_cache(maxsize=1 << 14)
def _nearest(word: str) -> str:
    found = process.extractOne(word, _LONG, scorer=OSA.normalized_similarity, score_cutoff=0.85)
    return WORDS[found[0]] if found else word


_FORMS = (
    "co ltd llc inc corp plc gmbh ag kg ohg mbh sa sas sarl srl spa nv bv ab as asa aps oy oyj kft zrt jsc "
    "fsue pvt fze fzco fzc fz dmcc llp lp est sdn bhd tbk pt ooo cv sl sprl sro doo ad ood eood tov tic sti "
    "kc wll spc pjs pjsc"
)
FORMS: frozenset[str] = frozenset(_FORMS.split(" "))
"""What says only in which form a company is registered."""
