"""What the tables of pylatexenc lack, or give a sign for that terminals show badly.

Macros by name, without their backslash. `ARGUMENTS` says what a macro takes, in the notation of
pylatexenc; `CLASSES` gives TeX's class where the sign alone would not tell it.
"""

from __future__ import annotations

from studyctl.core.boxes import Class

ARGUMENTS = {
    "binom": "{{", "dbinom": "{{", "tbinom": "{{", "dfrac": "{{", "tfrac": "{{", "cfrac": "{{", "boxed": "{",
    "operatorname": "*{", "boldsymbol": "{", "bm": "{", "left": "{", "right": "{", "overset": "{{",
    "underset": "{{", "stackrel": "{{", "mathop": "{", "mathrel": "{", "mathbin": "{", "overbrace": "{",
    "underbrace": "{", "not": "{", "tag": "*{", "phantom": "{", "widehat": "{", "widetilde": "{",
    "overrightarrow": "{", "mathscr": "{", "pmod": "{", "xrightarrow": "[{", "xleftarrow": "[{",
}  # fmt: skip
SYMBOLS = {
    "land": "∧", "lor": "∨", "neg": "¬", "lnot": "¬", "ne": "≠", "iff": "⟺", "implies": "⟹", "models": "⊨",
    "bot": "⊥", "triangle": "△", "Box": "□", "square": "□", "Diamond": "◇", "leadsto": "⇝", "Re": "ℜ",
    "Im": "ℑ", "colon": ":", "coloneqq": "≔", "mid": "|", "vert": "|", "Vert": "‖", "|": "‖", "perp": "⊥",
    "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "langle": "⟨", "rangle": "⟩", "ast": "*",
    "cdot": "·", "setminus": "∖", "emptyset": "∅", "varnothing": "∅", "backslash": "\\", "ldots": "…",
    "dots": "…", "dotsc": "…", "dotsb": "…", "nmid": "∤", "to": "→", "lbrace": "{", "rbrace": "}",
    "lbrack": "[", "rbrack": "]", "triangleq": "≜", "dagger": "†", "degree": "°", "bmod": "mod",
    "prime": "′", "gets": "←", "xrightarrow": "→",
    "xleftarrow": "←", "epsilon": "ε", "varepsilon": "ε", "phi": "φ", "varphi": "φ",
}  # fmt: skip
CLASSES = {
    "mid": Class.RELATION, "lvert": Class.OPENING, "rvert": Class.CLOSING, "lVert": Class.OPENING,
    "rVert": Class.CLOSING, "bot": Class.ORDINARY, "colon": Class.COMMA, "bmod": Class.BINARY,
}  # fmt: skip
SPACES = {
    ",": 1,
    ";": 1,
    ":": 1,
    ">": 1,
    " ": 1,
    "thinspace": 1,
    "enspace": 1,
    "quad": 2,
    "qquad": 4,
    "!": 0,
}
SILENT = frozenset(
    """displaystyle textstyle scriptstyle limits nolimits big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr
    Biggl Biggr bigm Bigm middle nonumber notag hline allowbreak nobreak mathstrut strut phantom tag""".split()  # noqa: SIM905
)
ACCENTS = {
    "hat": "CIRCUMFLEX ACCENT", "widehat": "CIRCUMFLEX ACCENT", "bar": "MACRON", "overline": "OVERLINE",
    "tilde": "TILDE", "widetilde": "TILDE", "vec": "RIGHT ARROW ABOVE", "dot": "DOT ABOVE",
    "overrightarrow": "RIGHT ARROW ABOVE", "ddot": "DIAERESIS", "check": "CARON", "breve": "BREVE",
    "acute": "ACUTE ACCENT", "grave": "GRAVE ACCENT", "mathring": "RING ABOVE", "underline": "LOW LINE",
}  # fmt: skip
ALPHABETS = {
    "mathbf": "BOLD", "boldsymbol": "BOLD", "bm": "BOLD", "mathbb": "DOUBLE-STRUCK", "mathcal": "SCRIPT",
    "mathscr": "SCRIPT", "mathfrak": "FRAKTUR", "mathsf": "", "mathtt": "", "mathit": "", "mathrm": "",
    "mathnormal": "",
}  # fmt: skip
FENCES = {
    "pmatrix": "()", "bmatrix": "[]", "Bmatrix": "{}", "vmatrix": "||", "Vmatrix": "‖‖", "cases": "{ ",
    "rcases": " }",
}  # fmt: skip
ALIGNED = ("aligned", "align", "align*", "split")
TABLES = (*FENCES, *ALIGNED, "matrix", "smallmatrix", "array", "gathered", "gather", "gather*")
