"""The text of a card as the HTML of an Anki field."""

from __future__ import annotations

import pytest

from studyctl.adapters.card_html import CardHtml

HTML = CardHtml({"media/wave.svg": "studyctl-1a2b.svg"}.get)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Why?", "Why?"),
        ("", ""),
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>"),
        ("so **bold** and *slanted*", "so <strong>bold</strong> and <em>slanted</em>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("    indented", "indented"),
        ("a  \nb", "a<br>\nb"),
        ("AT&T &amp; <b>", "AT&amp;T &amp; &lt;b&gt;"),
        ("a < b > c", "a &lt; b &gt; c"),
        ("1 < 2 and `a<b>`", "1 &lt; 2 and <code>a&lt;b&gt;</code>"),
        ("bell \x07 and \ud800 and \x1f", "bell  and  and"),
        ("e\u0301", "\u00e9"),
    ],
)
def test_prose_is_commonmark_without_html(text: str, html: str):
    assert html == HTML.text(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("$x$", r"\(x\)"),
        ("$a<b$ & $c$", r"\(a&lt;b\) &amp; \(c\)"),
        ("$$\nx\n$$", r"\[x\]"),
        (r"$a_1 * b_1 * c$", r"\(a_1 * b_1 * c\)"),
        (r"costs \$5 or $5", "costs $5 or $5"),
        ("`$x$`", "<code>$x$</code>"),
        ("**$x$**", r"<strong>\(x\)</strong>"),
        (
            "so $x$, ($y$) and $z$",
            r'so <span class="nobr">\(x\),</span> <span class="nobr">(\(y\))</span> and \(z\)',
        ),
        ("$a\\ $", "\\(a\\ \\)"),
        (r"\\(x\\) and `\(y\)`", r"<span>&#92;</span>(x<span>&#92;</span>) and <code>&#92;(y\)</code>"),
        ("a\n$$x$$\nb", "a\n\\[x\\]\nb"),
    ],
)
def test_math_is_what_the_core_says_is_math(text: str, html: str):
    assert html == HTML.text(text)


def test_code_is_coloured_with_a_few_classes():
    html = HTML.text('```python\n@cache\ndef f(x):  # why\n    return x + 0x10 in ["a"]\n```')
    assert html == (
        '<pre><code><span class="f">@cache</span>\n<span class="k">def</span> <span class="f">f</span>(x):  '
        '<span class="c"># why</span>\n    <span class="k">return</span> x + <span class="m">0x10</span> '
        '<span class="k">in</span> [<span class="s">"a"</span>]</code></pre>'
    )


@pytest.mark.parametrize("language", ["", "nosuchlanguage", "python extra", "../python"])
def test_code_in_any_language_is_shown(language: str):
    html = HTML.text(f"```{language}\nif a < b & c: $x$\n```")
    assert "a &lt; b &amp; c: $x$" in html.replace('<span class="k">', "").replace("</span>", "")


def test_code_keeps_its_empty_lines():
    assert "<pre><code>\na\n\n\nb</code></pre>" == HTML.text("```\n\na\n\n\nb\n\n```")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("![A *wave* of $x$](media/wave.svg)", '<img src="studyctl-1a2b.svg" alt="A *wave* of x">'),
        ('![A "wave"](./media/none.svg)', '<span class="picture">A "wave"</span>'),
        ("![](https://example.org/x.png)", '<span class="picture"></span>'),
        ("![x](../../secret.svg)", '<span class="picture">x</span>'),
    ],
)
def test_pictures_come_from_the_media_folder_only(text: str, html: str):
    assert html == HTML.text(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](https://a.org/?q=1&r=2)", '<a href="https://a.org/?q=1&amp;r=2">a</a>'),
        ("<https://a.org>", '<a href="https://a.org">https://a.org</a>'),
        ("[a](javascript:alert(1))", "[a](javascript:alert(1))"),
        ("[a](file:///etc/passwd)", "[a](file:///etc/passwd)"),
        ("[a](other.html) [b](ftp://x)", "a b"),
        ("[*a* $x$](mailto:x)", r"<em>a</em> \(x\)"),
        ("[a](<https://b/$x$>)", "a"),
    ],
)
def test_links_lead_into_the_web_or_nowhere(text: str, html: str):
    assert html == HTML.text(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[sound:a.mp3]", "&#91;sound:a.mp3]"),
        ("[latex]x[/latex]", "&#91;latex]x&#91;/latex]"),
        (r"[\$]x[/\$]", "&#91;$]x&#91;/$]"),
        ("[[type:Back]]", "&#91;&#91;type:Back]]"),
        ("[anki:play:q:0]", "&#91;anki:play:q:0]"),
        ("{{c1::x}}", "{&#123;c1::x}}"),
        ("{&#123;c1::x}}", "{&#123;c1::x}}"),
        ("`{{c1::x}}`", "<code>{&#123;c1::x}}</code>"),
        ("{{Front}}", "{{Front}}"),
    ],
)
def test_what_anki_would_act_on_is_written_with_entities(text: str, html: str):
    assert html == HTML.text(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("The {{c1::gap}} and {{c2::one more}}.", "The {{c1::gap}} and {{c2::one more}}."),
        ("{{c1::**bold**}} **{{c2::x}}** _{{c3::y}}_",
         "{{c1::<strong>bold</strong>}} <strong>{{c2::x}}</strong> <em>{{c3::y}}</em>"),
        ("{{c1::std::move}} a::b {{c2:::x:}}", "{{c1::std&#58;&#58;move}} a::b {{c2:::x:}}"),
        ("{{c1::`{1: {2: 3}}`}}", "{{c1::<code>{1: {2: 3&#125;}</code>}}"),
        ("{{c1::a{b}}} and {{{c2::x}}}", "{{c1::a{b&#125;}} and {{{c2::x}}}"),
        ("{{c1::}} and {{c2::a", "{{c1::…}} and {&#123;c2::a"),
        ("`np.{{c1::sum}}(x)`", "<code>np.{{c1::sum}}(x)</code>"),
        ("{{c1::`sum`}}", "{{c1::<code>sum</code>}}"),
    ],
)  # fmt: skip
def test_gaps_become_cloze_deletions(text: str, html: str):
    assert html == HTML.cloze(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        (r"$x = {{c1::\frac{1}{y^{2}}}}$", r"\(x = {{c1::\frac{1}{y^{2&#125;&#125;}}\)"),
        (r"{{c1::$\frac{1}{y^{2}}$}}", r"{{c1::\(\frac{1}{y^{2&#125;}\)}}"),
        (r"${{c1::y^{2}}}$, and", r'<span class="nobr">{{c1::\(y^{2}\)}},</span> and'),
        (r"${{c1::a<b}} & c$", r"\({{c1::a&lt;b}} &amp; c\)"),
        ("{{c1::the $x}} + y$", r"{{c1::the }}\({{c1::x}} + y\)"),
        ("$x + {{c1::y$ is}}", r"\(x + {{c1::y}}\){{c1:: is}}"),
        ("{{c1::$x$ and $y$}}", r"{{c1::\(x\) and \(y\)}}"),
        (r"$\sqrt{{c1::x}} + x^{{c2::2}}$", r"\(\sqrt{{{c1::x}}} + x^{{{c2::2}}}\)"),
        (r"$\begin{pmatrix}1\\{{c1::2 & 3}}\end{pmatrix}$",
         r"\(\begin{pmatrix}1\\{}{{c1::2 &amp; 3}}\end{pmatrix}\)"),
        ("$${{c1::x}}$$", r"{{c1::\[x\]}}"),
    ],
)  # fmt: skip
def test_gaps_and_formulas_do_not_break_each_other(text: str, html: str):
    assert html == HTML.cloze(text)


def test_a_gap_in_code_is_coloured_like_the_code():
    html = HTML.cloze('```python\ndef {{c1::f}}(x):\n    {{c2::return "x"}}\n```')
    assert html == (
        '<pre><code><span class="k">def</span> {{c1::<span class="f">f</span>}}(x):\n'
        '    {{c2::<span class="k">return</span> <span class="s">"x"</span>}}</code></pre>'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*one {{c1::two* three}}", "<em>one {{c1::two}}</em>{{c1:: three}}"),
        ("{{c1::a\n\nb}}", "<p>{{c1::a}}</p>\n<p>{{c1::b}}</p>"),
        ("{{c1::```\nx\n```}}", "<pre><code>{{c1::x}}</code></pre>"),
        ("x {{c1::y\n\n```\nz\n```}}", "<p>x {{c1::y}}</p>\n<pre><code>{{c1::z}}</code></pre>"),
    ],
)
def test_a_gap_that_tags_cut_becomes_two_of_one_number(text: str, html: str):
    assert html == HTML.cloze(text)


@pytest.mark.parametrize(
    "text",
    ["![{{c1::x}}](media/wave.svg)", "[{{c1::a}}]: https://b", "[a](https://{{c1::b}}.org)", r"\{{c1::x}}"],
)
def test_a_gap_where_html_has_no_room_for_it_is_not_lost(text: str):
    assert "{{c1::" in HTML.cloze(text)


def test_a_typed_answer_is_plain_text():
    assert "*a* &lt;b&gt; &#91;sound:x]" == HTML.answer(" *a*  <b>\n[sound:x]")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (("Book", "ch 1", ""), "Book, ch 1"),
        (("Book", "", ""), "Book"),
        (
            ("A & B", "<1>", "https://a.org/?x=1&y"),
            '<a href="https://a.org/?x=1&amp;y">A &amp; B</a>, &lt;1&gt;',
        ),
        (("Book", "ch 1", "javascript:alert(1)"), "Book, ch 1"),
        (("Book", "ch 1", "https://a b"), "Book, ch 1"),
        (("Book", "ch 1", 'https://a"onclick="x'), '<a href="https://a&quot;onclick=&quot;x">Book</a>, ch 1'),
        (("*Book* [sound:x]", "1. {{c1::x}}", ""), "*Book* &#91;sound:x], 1. {&#123;c1::x}}"),
    ],
)
def test_a_source_is_a_title_and_a_place(source: tuple[str, str, str], html: str):
    assert html == HTML.source(*source)
