"""Company forms in many languages, known by one word each, so that `Limited` and `Ltd.` are one thing.

The words are those under which the forms are registered in the countries that use them; what each stands
for is a family (joint stock, limited liability, ...) and no statement of law.
"""

from __future__ import annotations

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

_FORMS = (
    "co ltd llc inc corp plc gmbh ag kg ohg mbh sa sas sarl srl spa nv bv ab as asa aps oy oyj kft zrt jsc "
    "fsue pvt fze fzco fzc fz dmcc llp lp est sdn bhd tbk pt ooo cv sl sprl sro doo ad ood eood tov tic sti "
    "kc wll spc pjs pjsc"
)
FORMS: frozenset[str] = frozenset(_FORMS.split(" "))
"""What says only in which form a company is registered."""
