from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careers.names import Name, name_of

# title, with its article in a sentence, plural
TITLES = [
    ("Practice Manager", "a practice manager", "practice managers"),
    ("Office Manager", "an office manager", "office managers"),
    ("HR Manager", "an HR manager", "HR managers"),
    ("UX Designer", "a UX designer", "UX designers"),
    ("UX/UI Designer", "a UX/UI designer", "UX/UI designers"),
    ("SEO Specialist", "an SEO specialist", "SEO specialists"),
    ("SQL Developer", "an SQL developer", "SQL developers"),
    ("NASA Engineer", "a NASA engineer", "NASA engineers"),
    ("FBI Agent", "an FBI agent", "FBI agents"),
    ("FAA Inspector", "an FAA inspector", "FAA inspectors"),
    ("NGO Officer", "an NGO officer", "NGO officers"),
    ("US Marshal", "a US marshal", "US marshals"),
    ("MBA Graduate", "an MBA graduate", "MBA graduates"),
    ("F&B Manager", "an F&B manager", "F&B managers"),
    ("R&D Engineer", "an R&D engineer", "R&D engineers"),
    ("CNA", "a CNA", "CNAs"),
    ("RN", "an RN", "RNs"),
    ("VP of Marketing", "a VP of marketing", "VPs of marketing"),
    ("PhD Candidate", "a PhD candidate", "PhD candidates"),
    ("iOS Developer", "an iOS developer", "iOS developers"),
    ("DevOps Engineer", "a DevOps engineer", "DevOps engineers"),
    ("C++ Developer", "a C++ developer", "C++ developers"),
    ("C# Developer", "a C# developer", "C# developers"),
    (".NET Developer", "a .NET developer", ".NET developers"),
    ("Node.js Developer", "a Node.js developer", "Node.js developers"),
    ("Java Developer", "a Java developer", "Java developers"),
    ("3D Artist", "a 3D artist", "3D artists"),
    ("8th-Grade Teacher", "an 8th-grade teacher", "8th-grade teachers"),
    ("11th-Grade Teacher", "an 11th-grade teacher", "11th-grade teachers"),
    ("K-12 Teacher", "a K-12 teacher", "K-12 teachers"),
    ("X-Ray Technician", "an X-ray technician", "X-ray technicians"),
    ("E-Commerce Manager", "an e-commerce manager", "e-commerce managers"),
    ("Full-Stack Developer", "a full-stack developer", "full-stack developers"),
    ("One-on-One Tutor", "a one-on-one tutor", "one-on-one tutors"),
    ("Class A Driver", "a class A driver", "class A drivers"),
    ("European Sales Manager", "a European sales manager", "European sales managers"),
    ("English Teacher", "an English teacher", "English teachers"),
    ("University Lecturer", "a university lecturer", "university lecturers"),
    ("Hourly Worker", "an hourly worker", "hourly workers"),
    ("Umpire", "an umpire", "umpires"),
    ("Usher", "an usher", "ushers"),
    ("Attorney", "an attorney", "attorneys"),
    ("Secretary", "a secretary", "secretaries"),
    ("Salesman", "a salesman", "salesmen"),
    ("Salesperson", "a salesperson", "salespeople"),
    ("Foreman", "a foreman", "foremen"),
    ("Midwife", "a midwife", "midwives"),
    ("Waitress", "a waitress", "waitresses"),
    ("Waiter/Waitress", "a waiter/waitress", "waiters/waitresses"),
    ("Teacher's Aide", "a teacher's aide", "teacher's aides"),
    ("Physics Teacher", "a physics teacher", "physics teachers"),
    ("QA / Test Engineer", "a QA / test engineer", "QA / test engineers"),
    ("Software Engineer (Backend)", "a software engineer (backend)", "software engineers (backend)"),
    ("Registered Nurse (RN)", "a registered nurse (RN)", "registered nurses (RN)"),
    ("Vice President, Sales", "a vice president, sales", "vice presidents, sales"),
    ("Head of Data", "a head of data", "heads of data"),
    ("Chief of Staff", "a chief of staff", "chiefs of staff"),
    ("Director of Nursing", "a director of nursing", "directors of nursing"),
    ("Attorney at Law", "an attorney at law", "attorneys at law"),
    ("Assistant to the President", "an assistant to the president", "assistants to the president"),
    ("Editor-in-Chief", "an editor-in-chief", "editors-in-chief"),
    ("Chef de Partie", "a chef de partie", "chefs de partie"),
    ("Attorney General", "an attorney general", "attorneys general"),
    ("Major General", "a major general", "major generals"),
    ("General Practitioner", "a general practitioner", "general practitioners"),
]


@pytest.mark.parametrize(("title", "with_article", "plural"), TITLES, ids=[title for title, *_ in TITLES])
def test_a_title_has_its_article_and_plural_in_a_sentence(title: str, with_article: str, plural: str) -> None:
    name = name_of(title)
    assert (name.title, name.with_article, name.plural) == (title, with_article, plural)


def test_what_an_editor_says_is_what_is_written() -> None:
    assert name_of("SAP Consultant", article="an").with_article == "an SAP consultant"
    assert name_of("Notary Public", plural="notaries public").plural == "notaries public"
    assert name_of("Bosun", singular="boatswain") == Name("Bosun", "boatswain", "boatswains", "a")


@given(title=st.text(min_size=1).map(lambda text: " ".join(text.split())).filter(bool))
def test_whatever_the_title_is_it_has_a_name(title: str) -> None:
    name = name_of(title)
    assert name.article in {"a", "an"}
    assert name.singular
    assert name.plural
    assert len(name.singular.split()) == len(name.title.split())
