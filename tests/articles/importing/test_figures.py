"""Whose pay a sentence states, and what it says about it."""

import pytest

from articles.importing.article import Article, StatedFigure
from articles.importing.read import read_article

from .samples import DUTIES, HEADING_A, HEADING_B, HYGIENIST, INTRO, TITLE, text


def with_salary(*paragraphs: str) -> Article:
    return read_article(text(TITLE, INTRO, "Job Duties", DUTIES, "Salary", *paragraphs).encode(), name="a.txt")


def short(figure: StatedFigure) -> str:
    """A figure in one line: "a mean 87530 year"."""
    high = f"-{figure.amount_high}" if figure.amount_high else ""
    return f"{figure.role} {figure.measure.removesuffix('_pay')} {figure.amount}{high} {figure.unit}"


STATED = {
    "The average salary for a dental hygienist is $87,530 per year, while the average salary for a dental assistant is "
    "$46,540 per year.": ["a mean 87530 year", "b mean 46540 year"],
    "Dental hygienists and dental assistants earn a median of $87,530 and $46,540 a year, respectively.": [
        "a median 87530 year",
        "b median 46540 year",
    ],
    "Dental assistants make $46,540 and dental hygienists $87,530 annually.": ["b pay 46540 year", "a pay 87530 year"],
    "The median annual wage is $46,540 for dental assistants and $87,530 for dental hygienists.": [
        "b median 46540 year",
        "a median 87530 year",
    ],
    "Dental hygienists earn between $70,000 and $95,000 a year.": ["a pay 70000-95000 year"],
    "A dental assistant makes $18–$26 an hour.": ["b pay 18-26 hour"],
    "A dental assistant makes $38k to $52k per year.": ["b pay 38000-52000 year"],
    "A dental assistant makes $38-52k per year.": ["b pay 38000-52000 year"],
    "Hourly pay for dental assistants averages $22.38.": ["b mean 22.38 hour"],
    "A dental hygienist is paid $42.08 per hour, or $87,530 per year.": ["a pay 42.08 hour", "a pay 87530 year"],
    "Dental hygienists earn $87,530 per year, compared to dental assistants, who earn $46,540 per year.": [
        "a pay 87530 year",
        "b pay 46540 year",
    ],
    "Dental hygienists earn more than dental assistants, with an average of $87,530 per year.": ["a mean 87530 year"],
    "At $87,530 per year, dental hygienists are paid well.": ["a pay 87530 year"],
    "Dental hygienists are paid well. They earn an average of $87,530 per year.": ["a mean 87530 year"],
    "Dental assistant: $46,540 per year": ["b pay 46540 year"],
    "A dental hygienist makes 87,530 dollars a year.": ["a pay 87530 year"],
    "A dental assistant earns about $3,900 a month, or $900 a week.": ["b pay 3900 month", "b pay 900 week"],
    "Both dental hygienists and dental assistants can earn $60,000 per year in such a clinic.": [
        "a pay 60000 year",
        "b pay 60000 year",
    ],
    "A dental hygienist's salary averages $87,530.": ["a mean 87530 year"],
    "The average annual pay of dental hygienists is $87,530, which is higher than the average of $46,540 that dental "
    "assistants make.": ["a mean 87530 year", "b mean 46540 year"],
    "Dental hygienists average $87,530 a year, with a range between $70,000 and $110,000.": [
        "a mean 87530 year",
        "a pay 70000-110000 year",
    ],
    "One can make $87,530 per year as a dental hygienist or $46,540 per year as a dental assistant.": [
        "a pay 87530 year",
        "b pay 46540 year",
    ],
    "Salaries for dental hygienists run from $70,000 to $100,000 a year, whereas those for dental assistants run from "
    "$35,000 to $55,000.": ["a pay 70000-100000 year", "b pay 35000-55000 year"],
    "Hygienists earn $87,530 a year, and assistants, who need less training, earn $46,540.": [
        "a pay 87530 year",
        "b pay 46540 year",
    ],
    "The average pay of a dental hygienist is $87,530 a year. For a dental assistant, it is $46,540.": [
        "a mean 87530 year",
        "b mean 46540 year",
    ],
    "Pay is $87,530 for dental hygienists and $46,540 for dental assistants (both medians for 2023).": [
        "a median 87530 year",
        "b median 46540 year",
    ],
    "Dental hygienists earn an average of $87,530 a year. In all, dental hygienists earn $87,530 a year.": [
        "a mean 87530 year",
    ],
}


@pytest.mark.parametrize("sentence", STATED)
def test_pay_belongs_to_the_role_that_the_sentence_gives_it(sentence: str) -> None:
    assert [short(figure) for figure in with_salary(sentence).figures] == STATED[sentence]


NO_FIGURE = {
    "The average salary is $60,000 per year.": "does not say which role",
    "Dental hygienists and dental assistants are paid well. They earn $60,000 per year.": "does not say which role",
    "Dental hygienists earn $40,990 more than dental assistants.": "it is a difference",
    "Dental hygienists can earn up to $120,000 per year.": "it is a bound",
    "The lowest 10 percent of dental assistants earned less than $36,000 per year.": "it is a bound",
    "Entry-level dental assistants earn $36,000 per year.": "the pay of some",
    "A dental hygienist gets a yearly bonus of $2,000.": "paid on top",
    "A dental assistant earns $180 a day.": "pay for a day",
    "A dental assistant earns $900.": "for how long",
    "A dental assistant in London earns £24,000 a year.": "not in US dollars",
    "Senior dental assistants earn $60,000 per year.": "does not say which role",
    "Dental hygienists make twice as much as dental assistants: $90,000 per year.": "does not say which role",
    "Dental assistants who work in hospitals earn $52,000 per year.": "the pay of some",
    "The best-paying state for dental assistants is Minnesota, with an average of $61,000 per year.": "the pay of some",
    "Dental hygienists are paid well, while orthodontists make $216,320 per year.": "does not say which role",
    "Lab assistants earn $40,000 per year.": "does not say which role",
    "An assistant manager earns $60,000 per year.": "does not say which role",
}


@pytest.mark.parametrize("sentence", NO_FIGURE)
def test_an_amount_that_is_not_a_roles_pay_is_a_note(sentence: str) -> None:
    article = with_salary(sentence)
    assert article.figures == ()
    assert [note.kind for note in article.notes] == ["no figure"]
    assert NO_FIGURE[sentence] in article.notes[0].sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "A course costs dental assistants $4,000 per year.",
        "The practice has a budget of $900,000.",
        "A handpiece sells at $800.",
    ],
)
def test_money_that_is_no_pay_is_passed_over(sentence: str) -> None:
    article = read_article(text(TITLE, INTRO, "Job Duties", sentence).encode(), name="a.txt")
    assert article.figures == ()
    assert article.notes == ()


def test_a_summary_is_about_its_role() -> None:
    source = text(
        TITLE, INTRO, HEADING_B, "They keep records. The average pay is $46,540 per year.", HEADING_A, HYGIENIST
    )
    assert [short(figure) for figure in read_article(source.encode(), name="a.txt").figures] == ["b mean 46540 year"]


def test_a_heading_inside_a_section_names_the_role() -> None:
    source = f"# {TITLE}\n\n{INTRO}\n\n## Salary\n\n### Dental Assistant\n\nThe average pay is $46,540 per year.\n"
    assert [short(figure) for figure in read_article(source.encode(), name="a.md").figures] == ["b mean 46540 year"]


TABLES = {
    "a column for each role": "| | Dental Hygienist | Dental Assistant |\n|---|---|---|\n"
    "| Median pay per year | $87,530 | $46,540 |",
    "a row for each role": "| Role | Median annual pay |\n|---|---|\n"
    "| Dental Hygienist | $87,530 |\n| Dental Assistant | $46,540 |",
}


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_table_gives_the_role_in_its_head_or_first_column(table: str) -> None:
    source = f"# {TITLE}\n\n{INTRO}\n\n## Salary\n\n{table}\n"
    figures = read_article(source.encode(), name="a.md").figures
    assert [short(figure) for figure in figures] == ["a median 87530 year", "b median 46540 year"]


def salary_table(table: str) -> Article:
    return read_article(f"# {TITLE}\n\n{INTRO}\n\n## Salary\n\n{table}\n".encode(), name="a.md")


def test_rows_of_a_table_about_some_people_are_no_figures() -> None:
    article = salary_table(
        "| | Hygienist | Assistant |\n|---|---|---|\n| Average | $87,530 | $46,540 |\n"
        "| 10+ years | $99,000 | $52,000 |\n| Top 10 percent | $120,000 | $60,000 |"
    )
    assert [short(figure) for figure in article.figures] == ["a mean 87530 year", "b mean 46540 year"]
    assert sum("the pay of some" in note.sentence for note in article.notes) == 4


def test_a_table_by_places_gives_the_place() -> None:
    article = salary_table("| State | Hygienist | Assistant |\n|---|---|---|\n| Texas | $80,000 | $40,000 |")
    assert [(figure.role, figure.place) for figure in article.figures] == [("a", "Texas"), ("b", "Texas")]


def test_what_table_and_prose_both_say_is_one_figure_with_all_that_either_says() -> None:
    article = salary_table(
        "According to the BLS, dental assistants earned a median of $46,540 a year in May 2024.\n\n"
        "| | Dental Assistant |\n|---|---|\n| Pay per year (2024) | $46,540 |"
    )
    (figure,) = article.figures
    assert (short(figure), figure.period, figure.source) == ("b median 46540 year", "May 2024", "BLS")


SOURCES = {
    "According to the Bureau of Labor Statistics, dental assistants earned a median of $46,540 per year in May 2024.": (
        "Bureau of Labor Statistics", "May 2024", "",
    ),
    "The Bureau of Labor Statistics reports that dental assistants in California earn $52,000 per year.": (
        "Bureau of Labor Statistics", "", "California",
    ),
    "The national average salary for a dental assistant was $46,540 per year in 2024 (Source: BLS).": (
        "BLS", "2024", "United States",
    ),
    "A dental assistant in New York earns $51,000 per year, according to data from the BLS.": ("BLS", "", "New York"),
    "A dental assistant earns $46,540 per year.": ("", "", ""),
    "A dental assistant earned $46,540 per year in 2023, says Indeed.": ("Indeed", "2023", ""),
    "Per Payscale, a dental assistant earns $46,540 per year.": ("Payscale", "", ""),
}  # fmt: skip


@pytest.mark.parametrize("sentence", SOURCES)
def test_source_period_and_place_are_those_of_the_sentence(sentence: str) -> None:
    figure = with_salary(sentence).figures[0]
    assert (figure.source, figure.period, figure.place) == SOURCES[sentence]
    assert figure.sentence == sentence


def test_a_linked_source_gives_its_address() -> None:
    source = (
        f"# {TITLE}\n\n{INTRO}\n\n## Salary\n\n"
        "According to the [Bureau of Labor Statistics](https://www.bls.gov/oes/), dental assistants earn "
        "$46,540 per year. Dental hygienists earn $87,530 per year.\n"
    )
    first, second = read_article(source.encode(), name="a.md").figures
    assert (first.source, first.source_url) == ("Bureau of Labor Statistics", "https://www.bls.gov/oes/")
    assert second.source == first.source


def test_a_source_holds_for_the_amounts_that_follow_it_with_a_note_to_check() -> None:
    article = with_salary(
        "According to the Bureau of Labor Statistics, dental hygienists earn $87,530 per year. Dental assistants earn "
        "$46,540 per year. Pay varies. Dental assistants in Ohio earn $45,000 per year."
    )
    assert [figure.source for figure in article.figures] == ["Bureau of Labor Statistics"] * 2 + [""]
    (note,) = article.notes
    assert "The source of the sentence before (Bureau of Labor Statistics) was taken" in note.sentence
    assert "$46,540" in note.sentence


def test_a_heading_that_names_one_role_says_whose_pay_stands_under_it() -> None:
    source = text(TITLE, INTRO, "How Much Do Dental Assistants Make?", "They make $18 to $26 per hour.")
    assert [short(figure) for figure in read_article(source.encode(), name="a.txt").figures] == ["b pay 18-26 hour"]


@pytest.mark.parametrize(
    "line",
    [
        "Source: Bureau of Labor Statistics",
        "Source: *Bureau of Labor Statistics",
        "Salary data from the Bureau of Labor Statistics, 2023.",
        "(Bureau of Labor Statistics, May 2023)",
    ],
)
def test_a_source_below_a_section_is_that_of_its_figures(line: str) -> None:
    article = with_salary("A dental assistant earns $46,540 per year.", line)
    assert article.figures[0].source == "Bureau of Labor Statistics"


def test_a_linked_source_below_a_section_gives_its_address() -> None:
    article = salary_table("Dental assistants earn $46,540 per year.\n\nSource: [BLS](https://www.bls.gov/)")
    assert (article.figures[0].source, article.figures[0].source_url) == ("BLS", "https://www.bls.gov/")


def test_a_year_is_guessed_with_a_note_where_no_unit_is_said() -> None:
    article = with_salary("The average salary of a dental assistant is $46,540.")
    assert short(article.figures[0]) == "b mean 46540 year"
    assert "for no unit is said" in article.notes[0].sentence
