"""What makes a card good, as far as a program can see it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyctl.core import criteria


def rules(prompt: str, answer: str = "Something short.") -> list[str]:
    return [found.rule for found in criteria.findings(prompt, answer)]


def test_a_good_card_has_nothing_against_it():
    assert [] == rules(
        "For a linear map $T: V \\to W$, what does rank-nullity say about $\\dim V$?",
        "$\\dim V = \\operatorname{rank} T + \\dim \\ker T$",
    )


def test_an_answer_of_more_than_25_words_is_too_long():
    assert ["C2"] == rules("Why does this series of ours converge?", "word " * 26)
    assert [] == rules("Why does this series of ours converge?", "word " * 25)


def test_a_formula_counts_a_word_for_every_four_symbols():
    assert 3 == criteria.words(r"is $a + b = c \cdot d$")
    assert 1 == criteria.words("$x$")
    assert 4 == criteria.words("It's a well-known fact.")


@pytest.mark.parametrize(
    "prompt",
    [
        "List the properties of a vector space.",
        "For a group, name the four axioms it has.",
        "What are the three kinds of row operations?",
        "Take a matrix. Enumerate its four subspaces.",
    ],
)
def test_a_prompt_that_asks_for_a_list_is_told(prompt: str):
    assert "C3" in rules(prompt)


@pytest.mark.parametrize(
    "prompt",
    [
        "In Python, what does the slice `xs[1:]` of a list give?",
        "For the list `[1, 2]`, which method appends an element?",
        "What is the name of the theorem that links rank and kernel?",
        "List comprehension or `map`: which makes a list at once?",
        "Which data structure is a linked list of buckets?",
    ],
)
def test_the_noun_list_is_no_list(prompt: str):
    assert "C3" not in rules(prompt)


def test_an_answer_of_three_items_is_a_list():
    assert "C3" in rules("Which colours does our flag have here?", "red, green, and blue")
    assert "C3" in rules("Which colours does our flag have here?", "- red\n- green")
    assert "C3" not in rules("What happens to the sum in the limit?", "It converges, since the terms shrink.")


def test_a_prompt_without_context_is_too_short():
    assert ["C4"] == rules("What is rank?")


def test_describe_and_explain_have_no_single_right_answer():
    assert ["C4"] == rules("Explain the chain rule in your words.")


@pytest.mark.parametrize(
    "prompt", ["Is every bounded sequence convergent?", "Take a ring. Does it have a unit?"]
)
def test_a_question_that_yes_or_no_answers_can_be_guessed(prompt: str):
    assert "C5" in rules(prompt, "No.")


def test_a_choice_between_two_things_is_no_guess():
    assert [] == rules("For the interval $[0, 1)$ in $\\mathbb{R}$: is it open or closed?", "Neither.")


def test_a_question_that_contains_its_answer_is_told():
    assert ["C7"] == rules("Which theorem, the mean value theorem, gives such a point?", "mean value theorem")
    assert [] == rules("What is $2 + 2$ as a number?", "4")


@pytest.mark.parametrize(
    "nothing", ["", "  ", "TODO", "todo", "TODO: ask Anna", "…", "...", "???", "TBD.", "lorem ipsum"]
)
def test_a_text_that_says_nothing_is_a_placeholder(nothing: str):
    assert criteria.is_placeholder(nothing)


@pytest.mark.parametrize(
    "something", ["$\\ne$", "`+=`", "+", "→", "0", "Todo el espacio", "$?$", "`...`", "TODOs are lists"]
)
def test_a_short_text_that_says_something_is_none(something: str):
    assert not criteria.is_placeholder(something)


def test_a_gap_has_its_own_criteria():
    assert ["C2"] == [found.rule for found in criteria.gap_findings("One two three four […]", "word " * 26)]
    assert ["C4"] == [found.rule for found in criteria.gap_findings("Rome is […]", "big")]


def alike(*prompts: str) -> list[tuple[str, str]]:
    return list(criteria.alike((str(at), prompt) for at, prompt in enumerate(prompts)))


def test_two_prompts_that_share_nearly_all_words_are_alike():
    assert [("0", "1")] == alike(
        "What does the rank of a matrix tell about its columns?",
        "What does the rank of the matrix tell about its columns?",
    )


def test_two_exercises_with_other_numbers_are_two_exercises():
    assert [] == alike("What is $3 + 4$ when both are natural?", "What is $3 + 5$ when both are natural?")


def test_prompts_with_other_words_are_not_alike():
    assert [] == alike("What does the rank of a matrix say?", "Where does the proof use compactness?")


def test_each_prompt_is_paired_once():
    assert [("0", "1"), ("0", "2")] == alike(*["What is the kernel of a linear map?"] * 3)


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ["what", "is", "the", "rank", "of", "a", "big", "small", "matrix", "map", "here"]
            ),
            min_size=1,
            max_size=9,
        ),
        max_size=12,
    )
)
def test_the_quick_search_finds_what_comparing_all_pairs_finds(bank: list[list[str]]):
    def same(one: list[str], other: list[str]) -> bool:
        return len({*one} & {*other}) >= criteria.ALIKE * len({*one} | {*other}) and symbols(one) == symbols(
            other
        )

    def symbols(words: list[str]) -> list[str]:
        return [word for word in words if len(word) == 1 and word != "a"]

    known = {at for at, words in enumerate(bank) for before in bank[:at] if same(before, words)}
    assert known == {int(second) for _, second in alike(*(" ".join(words) for words in bank))}


def test_a_bank_made_from_one_template_is_searched_without_comparing_all():
    """Fifty thousand prompts of one form, each with a word of its own, within a moment."""
    bank = ((str(at), f"In the French of today, what does the word w{at:x}q mean?") for at in range(20_000))
    assert 19_999 >= len(list(criteria.alike(bank)))
