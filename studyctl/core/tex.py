r"""Formulas that MathJax refuses though their braces balance.

Anki shows an error in the place of a refused formula, and the terminal shows something, so that nobody
would notice at the desk. Told is only what is surely refused: whatever this reader does not know, such
as a macro with arguments, it passes over.

Words: *scripts* are what stands at one sign, ``^`` and ``_``; a *group* is what braces,
``\left`` and ``\right``, or an environment hold together.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from studyctl.core.problems import did_you_mean, nearest

Refusal = tuple[str, str]  # what is wrong, and what to do

ENVIRONMENTS = frozenset(
    """Bmatrix Bmatrix* Bsmallmatrix Bsmallmatrix* CD Vmatrix Vmatrix* Vsmallmatrix Vsmallmatrix* align align*
    alignat alignat* aligned alignedat array bmatrix bmatrix* bsmallmatrix bsmallmatrix* cases cases*
    crampedsubarray dcases dcases* drcases drcases* eqnarray eqnarray* equation equation* flalign flalign* gather
    gather* gathered lgathered matrix matrix* multline multline* multlined pmatrix pmatrix* psmallmatrix
    psmallmatrix* rcases rcases* rgathered smallmatrix smallmatrix* split spreadlines subarray vmatrix vmatrix*
    vsmallmatrix vsmallmatrix* xalignat xalignat* xxalignat""".split()  # noqa: SIM905
)
"""What MathJax 3.2.2 knows with the packages that Anki loads."""

_PLAIN = r"(?:[^{}\\]|\\.)*"
_BRACES = (
    rf"\{{{_PLAIN}(?:\{{{_PLAIN}(?:\{{{_PLAIN}\}}{_PLAIN})*\}}{_PLAIN})*\}}"  # with braces in them, twice
)
_WORDS = r"\\(?:text[a-z]*|[mhf]box|tag|label|eqref|ref|f?color(?:box)?|unicode|bbox|enclose)(?![a-zA-Z])\*?"
_TOKEN = re.compile(
    rf"""%[^\n]* | \s+
      | \\(?:begin|end)\s*\{{(?P<environment>[^{{}}]*)\}}
      | (?P<words>{_WORDS})(?:\s*(?:\[[^\][{{}}]*\]|{_BRACES}))*
      | \\[a-zA-Z]+ | \\. | .""",
    re.VERBOSE | re.DOTALL,
)
# What changes the meaning of signs, so that nothing is sure any more.
_OTHER_RULES = re.compile(
    r"\\(?:verb|def|let|ce|pu|(?:re|provide)?(?:new)?command|newenvironment|require|Declare\w+)(?![a-zA-Z])"
    r"|\\begin\s*\{CD\}"
)
_SIGNS = frozenset(  # macros that are one sign, so that a script may be one of them
    rf"\{name}"
    for name in """alpha beta gamma delta epsilon varepsilon zeta eta theta kappa lambda mu nu xi pi rho sigma
    tau phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega prime top perp circ ast star
    dagger infty ell max min""".split()  # noqa: SIM905
)
_WORTH = re.compile(r"\^[^^]*\^|_[^_]*_|&|\\(?:left|right|begin)(?![a-zA-Z])")


def refused(body: str) -> Refusal | None:
    """Why MathJax surely refuses a formula whose braces balance; None if it may set it."""
    if not _WORTH.search(body) or _OTHER_RULES.search(body):
        return None
    tokens = [found for found in _TOKEN.finditer(body) if not (found[0].isspace() or found[0][0] == "%")]
    if any(found["words"] == found[0] for found in tokens):
        return None  # words whose end was not found, so nobody knows where math goes on
    return _Reader([found[0] for found in tokens], [found["environment"] for found in tokens]).refusal()


class _Reader:
    """One walk over the tokens of a formula."""

    def __init__(self, tokens: Sequence[str], environments: Sequence[str | None]) -> None:
        self.tokens = tokens
        self.environments = environments
        self.scripts = ""  # at the sign before this place
        self.groups: list[tuple[str, str]] = []  # how each group began, and the scripts that hold behind it

    def refusal(self) -> Refusal | None:
        """The first thing that is refused."""
        at = 0
        while at < len(self.tokens):
            token, environment = self.tokens[at], self.environments[at]
            at += 1
            if environment is not None:
                told = self._environment(token, environment)
            elif token in (r"\left", r"\right"):
                told = self._fence(token, self.tokens[at] if at < len(self.tokens) else "")
                at += 1
            elif token in ("^", "_"):
                told = self._script(token)
                argument = self.tokens[at] if at < len(self.tokens) else ""
                if argument == "{":
                    self._begin(argument, self.scripts)
                    at += 1
                elif argument in _SIGNS or (len(argument) == 1 and argument not in "}^_&'"):
                    at += 1
            else:
                told = self._other(token)
            if told is not None:
                return told
        return None

    def _begin(self, group: str, scripts: str = "") -> None:
        self.groups.append((group, scripts))
        self.scripts = ""

    def _end(self, group: str, told: str) -> Refusal | None:
        begun, self.scripts = self.groups.pop() if self.groups else ("", "")
        if begun == group:
            return None
        if r"\left" in (begun, group):
            return r"\left and \right do not stand in the same group", "put both into the same braces"
        return (
            f"{told} does not end what began last",
            "end groups in the order in which they stand in each other",
        )

    def _environment(self, token: str, name: str) -> Refusal | None:
        if name not in ENVIRONMENTS:
            return f"there is no environment {name!r}", did_you_mean(nearest(name, ENVIRONMENTS)).lstrip("; ")
        if token.startswith(r"\end"):
            return self._end(name, rf"\end{{{name}}}")
        self._begin(name)
        return None

    def _fence(self, side: str, sign: str) -> Refusal | None:
        if sign in ("{", "}"):
            return f"{side} takes no brace", rf"write {side}\{sign}"
        if not sign or (len(sign) == 1 and sign.isalnum()):
            return f"{side} stands before no bracket", f"write {side}. where none is to be seen"
        if side == r"\right":
            return self._end(r"\left", side)
        self._begin(r"\left")
        return None

    def _script(self, sign: str) -> Refusal | None:
        if sign in self.scripts:
            return f"a second {sign} at one sign", rf"write {{x{sign}a}}{sign}b, or x{sign}{{a{sign}b}}"
        self.scripts += sign
        return None

    def _other(self, sign: str) -> Refusal | None:
        if sign == "{":
            self._begin(sign)
        elif sign == "}":
            return self._end("{", "a '}'")
        elif sign == "&" and (not self.groups or self.groups[-1][0] == r"\left"):
            return "an & outside of a table", r"put it into \begin{aligned}, or write \& for the sign"
        elif sign not in (r"\limits", r"\nolimits"):
            self.scripts = ""
        return None
