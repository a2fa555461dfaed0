"""HTML of foreign fields as CommonMark: what is kept, what is escaped, what is named as lost."""

from __future__ import annotations

import pytest

from studyctl.core.html_text import Converter


def text(html: str) -> str:
    return Converter(lambda name: "anki-1.png" if name == "a b.png" else None).text(html)


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("What is <b>bold</b> &amp; <i> it </i>?", "What is **bold** & *it* ?"),
        ("a<br>b<br><br>c", "a\\\nb\n\nc"),
        ("<div>one</div><div>two</div>", "one\n\ntwo"),
        ("<div><br></div>", ""),
        ("x&nbsp;&nbsp;y", "x y"),
        ("H<sub>2</sub>O, x<sup>ab</sup>", "H₂O, x^(ab)"),
        ("<ul><li>a<li>b<ol><li>c</li></ol></ul>after", "- a\n- b\n  1. c\n\nafter"),
        ("<pre><code>def f():\n  return a_b</code></pre>", "```\ndef f():\n  return a_b\n```"),
        ("use <code>a*b</code>", "use `a*b`"),
        ("<code>a`b</code>", "`` a`b ``"),
        ('<a href="https://x.y/z">link</a>', "[link](https://x.y/z)"),
        ('<a href="javascript:alert(1)">link</a>', "link"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "a | b\n\nc"),
        ("<script>alert(1)</script>x<style>a{}</style>", "x"),
        ('<img src="a b.png" alt="A [plot]">', "![A plot](media/anki-1.png)"),
        ('<img src="gone.png" alt="A plot">', "A plot"),
        ("a [sound:x.mp3] b", "a b"),
        ("<b>never closed", "**never closed**"),
    ],
)
def test_markup_becomes_markdown(html: str, told: str):
    assert told == text(html)


@pytest.mark.parametrize(
    ("html", "told"),
    [
        (r"The \(x &lt; y\)", "The $x < y$"),
        (r"\[\frac{a}{b}\]", r"$$\frac{a}{b}$$"),
        ("[$]y[/$] and [latex]$x^2$[/latex]", "$y$ and $x^2$"),
        (r"[latex]\begin{align}a\end{align}[/latex]", r"$$\begin{align}a\end{align}$$"),
        ('<anki-mathjax block="true">x<br>y</anki-mathjax>', "$$x\ny$$"),
        (r"\(<b>a</b>_1\)", "$a_1$"),
        (r"\(\frac{a}{b\)", r"`\frac{a}{b`"),
        (r"\(\)", ""),
    ],
)
def test_math_becomes_ours_and_what_is_broken_is_code(html: str, told: str):
    assert told == text(html)


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("it costs $5", r"it costs \$5"),
        ("5*3 snake_case _x_ `y`", r"5\*3 snake_case \_x\_ \`y\`"),
        ("&lt;b&gt; &amp;amp;", r"\<b> \&amp;"),
        ("1. first", r"1\. first"),
        ("# no", r"\# no"),
        ("- no", r"\- no"),
        ("C:\\dir", r"C:\\dir"),
        ("[a](b)", r"[a\](b)"),
        ("\ue0000\ue001", "0"),
    ],
)
def test_what_markdown_would_take_for_markup_is_escaped(html: str, told: str):
    assert told == text(html).strip()


def test_what_is_lost_is_counted():
    converter = Converter(lambda name: None)
    converter.text("[sound:a.mp3][sound:b.mp3]<img src=x.png><script>1</script>[latex]words[/latex]")
    assert {
        "sound": 2, "picture": 1, "script": 1, "LaTeX that is no formula": 1,
    } == dict(converter.lost)  # fmt: skip


def test_a_preformatted_block_in_another_is_one_block_with_all_that_it_holds():
    told = Converter(lambda name: name).text("<pre>a<pre><img src=a.png> b</pre></pre>")
    assert 2 == told.count("```")
    assert "![](media/a.png) b" in told


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("a" + "<div></div>" * 50_000, "a"),
        ("<b> " * 50_000, ""),
        ("<b>" * 20_000 + "</i>" * 20_000 + "a", "**a**"),
    ],
)
def test_tags_without_words_cost_no_more_for_standing_behind_many_others(html, told):
    assert told == text(html)  # a walk back over all of them would take minutes


@pytest.mark.parametrize(
    ("html", "told"),
    [
        (r"a \( b \[c\] d", r"a \\( b" + "\n\n$$c$$\n\n d"),
        ("[latex]$x$ [latex]", r"[latex]\$x\$ [latex]"),
        (r"[$$]x[/$$] [$]y \(z\)", "$$x$$\n\n [\\$]y $z$"),
        ("<!-- a --> b <!-- <i>c</i>", r"b \<!-- *c*"),
        ("a <![foo bar]>b<![endif]> <b", r"a b \<b"),
        ("[anki:play:q:0] x [anki:tts lang=en]y[/anki:tts] z", "x z"),
    ],
)
def test_what_never_ends_stays_as_it_is_and_hides_nothing_behind_it(html: str, told: str):
    assert told == text(html)


def test_lists_and_marks_in_each_other_are_told_apart_to_a_depth_that_somebody_sees():
    told = text("<ul><li>x" * 100)
    assert 100 == told.count("- x")
    assert max(len(line) - len(line.lstrip()) for line in told.splitlines()) < 70
