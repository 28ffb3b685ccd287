"""Which titles are over two roles, and which two."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.titles import Pair, TooManyRoles, pair_in, unshouted

PAIRS = {
    "Paralegal vs. Lawyer: What Are the Differences?": ("Paralegal", "Lawyer"),
    "Paralegal vs Lawyer": ("Paralegal", "Lawyer"),
    "Paralegal versus lawyer – key differences": ("Paralegal", "Lawyer"),
    "PARALEGAL VS. HR MANAGER": ("Paralegal", "HR Manager"),
    "Paralegal vs. Lawyer What Are the Differences?": ("Paralegal", "Lawyer"),
    "Paralegal vs. Lawyer | A Site": ("Paralegal", "Lawyer"),
    "Career Guide: Paralegal vs. Lawyer in 2024": ("Paralegal", "Lawyer"),
    "The Difference Between a Paralegal and a Legal Assistant": ("Paralegal", "Legal Assistant"),
    "What’s the Difference Between an Actuary and an Auditor?": ("Actuary", "Auditor"),
    "Differences Between Secretaries and Legal Assistants": ("Secretary", "Legal Assistant"),
    "Similarities and Differences Between a Teacher and a Coach": ("Teacher", "Coach"),
    "How Is a Paralegal Different From a Lawyer?": ("Paralegal", "Lawyer"),
    "Paralegal or Lawyer: Which Is Right for You?": ("Paralegal", "Lawyer"),
    "Should You Become a Nurse or a Dean?": ("Nurse", "Dean"),
    "Paralegals and Lawyers: What's the Difference?": ("Paralegal", "Lawyer"),
    "Comparing Data Analysts and Data Scientists": ("Data Analyst", "Data Scientist"),
    "Paralegal Compared to Lawyer": ("Paralegal", "Lawyer"),
    "Research and Development Manager vs. Product Manager": ("Research and Development Manager", "Product Manager"),
    "Difference Between Research and Development Managers and Product Managers": (
        "Research and Development Manager",
        "Product Manager",
    ),
    "The Difference Between a Food and Beverage Manager and a Chef": ("Food and Beverage Manager", "Chef"),
    "Food & Beverage Manager vs. Chef": ("Food & Beverage Manager", "Chef"),
    "QA / Test Engineer vs. Software Engineer": ("QA / Test Engineer", "Software Engineer"),
    "Certified Nursing Assistant (CNA) vs. Registered Nurse (RN)": (
        "Certified Nursing Assistant (CNA)",
        "Registered Nurse (RN)",
    ),
    "Director, Sales vs. Manager, Sales": ("Director, Sales", "Manager, Sales"),
    "DevOps vs. SRE": ("DevOps", "SRE"),
    "Is a Nurse or a Doctor Better? 6 Things to Know": ("Nurse", "Doctor"),
    "Which Is Harder: Actuary or Accountant?": ("Actuary", "Accountant"),
    "Registered Dietitian or Nutritionist? How to Tell Them Apart": ("Registered Dietitian", "Nutritionist"),
    "Barrister v Solicitor: what's the difference?": ("Barrister", "Solicitor"),
    "Choosing Between a Career as a Zookeeper and a Biologist": ("Zookeeper", "Biologist"),
    "I-O Psychologist vs. L and D Director": ("I-O Psychologist", "L and D Director"),
}


@pytest.mark.parametrize("title", PAIRS)
def test_a_title_names_two_roles(title: str) -> None:
    assert pair_in(title) == Pair(*PAIRS[title])


@pytest.mark.parametrize(
    "title",
    [
        "", "vs.", "Paralegal vs.", "Job Duties", "Education or Training", "Education or Training: Which Is Better?",
        "Skills and Salary: How They Compare", "Key Differences", "How To Become a Paralegal", "Back to Job Search",
        "In this article we look at paralegals vs. lawyers and at all that they do from one day to the next",
    ],
)  # fmt: skip
def test_a_title_without_two_roles_names_none(title: str) -> None:
    assert pair_in(title) is None


@pytest.mark.parametrize(
    "title",
    [
        "CNA vs. LPN vs. RN",
        "CNA, LPN vs. RN",
        "CNA, LPN, and RN: What’s the Difference?",
        "Difference Between a CNA, an LPN and an RN",
    ],
)
def test_a_title_over_three_roles_says_so(title: str) -> None:
    with pytest.raises(TooManyRoles) as refused:
        pair_in(title)
    assert refused.value.names == ["CNA", "LPN", "RN"]


NAMES = st.builds(
    " ".join,
    st.lists(
        st.sampled_from(
            [
                "Data",
                "Nurse",
                "HR",
                "Senior",
                "of",
                "and",
                "Operations",
                "Q/A",
                "(RN)",
                "Chief",
                "Engineer",
                "C++",
                "X-Ray",
            ]
        ),
        min_size=1,
        max_size=4,
    ).map(lambda words: [*words, "Officer"] if words[0] not in ("of", "and", "(RN)") else ["Chief", *words, "Officer"]),
)


@given(a=NAMES, b=NAMES, rest=st.sampled_from(["", ": What Are the Differences?", " | Site", " in 2025"]))
def test_names_on_both_sides_of_vs_are_kept_as_they_are(a: str, b: str, rest: str) -> None:
    assert pair_in(f"{a} vs. {b}{rest}") == Pair(a, b)


@given(title=st.lists(st.sampled_from([*string.printable, "’", "–", " vs. ", " or ", " and ", "Nurse"])).map("".join))
def test_no_text_breaks_the_grammar(title: str) -> None:
    try:
        pair = pair_in(title)
    except TooManyRoles as error:
        assert len(error.names) > 2
    else:
        assert pair is None or (pair.a and pair.b)


def test_capitals_for_emphasis_become_title_case() -> None:
    assert unshouted("WHAT IS AN HR MANAGER?") == "What Is an HR Manager?"
    assert unshouted("RNS AND LVNS", keep={"RNS"}) == "RNS and Lvns"
    assert unshouted("Job duties of an RN") == "Job duties of an RN"
    assert unshouted("CNA") == "CNA"
