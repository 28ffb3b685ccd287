"""Articles of our own, in the shapes in which articles come."""

TITLE = "Dental Hygienist vs. Dental Assistant: What Are the Differences?"
STANDFIRST = "Learn how the two jobs in a dental office differ and what they share."
INTRO = (
    "A dental hygienist cleans teeth and looks for signs of disease, while a dental assistant prepares the room and "
    "hands over instruments. Patients meet both on most visits, and many people ask which of the two jobs suits them."
)
HYGIENIST = (
    "A dental hygienist removes plaque, takes X-rays and explains how to care for teeth at home. Most of them work on "
    "their own with one patient after another."
)
ASSISTANT = (
    "A dental assistant works beside the dentist. The assistant sterilises instruments, mixes materials and keeps the "
    "records of each visit."
)
LEAD = "These are the points on which a dental hygienist and a dental assistant differ most."
DUTIES = (
    "Hygienists spend the day at the chair with a patient of their own. Assistants move between rooms, seat patients "
    "and order supplies for the practice."
)
REQUIREMENTS = (
    "A hygienist needs an associate degree and a licence in every state. An assistant can begin with a short course, "
    "and some states ask for no course at all."
)
ENVIRONMENT = "Both jobs are done in bright, clean rooms and mostly standing. Masks and gloves are worn all day long."
SKILLS = (
    "Some skills are needed in both jobs: a steady hand, patience and a friendly manner. Hygienists also need to speak "
    "clearly about habits that people would rather not discuss."
)
SALARY = (
    "The average salary for a dental hygienist is $87,530 per year, while the average salary for a dental assistant is "
    "$46,540 per year. Both rise with experience."
)
NEIGHBOUR = "Medical Assistant vs. Phlebotomist: What Are the Differences?"
OTHER_NEIGHBOUR = "Dentist vs. Orthodontist: What Are the Differences?"
SECTIONS = {
    "Job Duties": DUTIES,
    "Job Requirements": REQUIREMENTS,
    "Work Environment": ENVIRONMENT,
    "Skills": SKILLS,
    "Salary": SALARY,
}
HEADING_A = "What is a Dental Hygienist?"
HEADING_B = "What is a Dental Assistant?"
VERSUS = "Dental Hygienist vs. Dental Assistant"


def text(*lines: str) -> str:
    """Lines apart by one blank line each."""
    return "\n\n".join(lines)


def complete() -> str:
    """The whole article as plain text, as an export from a site gives it."""
    sections = [line for heading, body in SECTIONS.items() for line in (heading, body)]
    return text(
        "Health Careers",
        TITLE,
        STANDFIRST,
        INTRO,
        HEADING_A,
        HYGIENIST,
        HEADING_B,
        ASSISTANT,
        VERSUS,
        LEAD,
        *sections,
        NEIGHBOUR,
        "Back to Health Careers",
        OTHER_NEIGHBOUR,
    )


def markdown() -> str:
    """The same article in Markdown."""
    sections = [line for heading, body in SECTIONS.items() for line in (f"### {heading}", body)]
    return text(
        f"# {TITLE}", f"*{STANDFIRST}*", INTRO, f"## {HEADING_A}", HYGIENIST, f"## {HEADING_B}", ASSISTANT,
        f"## {VERSUS}", LEAD, *sections,
    )  # fmt: skip


def html() -> str:
    """The same article as a web page, with the furniture of one."""
    sections = "".join(f"<h3>{heading}</h3>\n<p>{body}</p>\n" for heading, body in SECTIONS.items())
    return f"""<!doctype html>
<html lang="en"><head><title>{TITLE} | Careers</title>
<style>p {{ color: red }}</style><script>var tracker = "<p>not text</p>";</script></head>
<body>
<header><a href="/">Site</a></header>
<nav aria-label="Breadcrumb"><a href="/">Home</a> <a href="/health/">Health Careers</a></nav>
<main><article>
<h1>{TITLE}</h1>
<p class="standfirst">{STANDFIRST}</p>
<div class="share-buttons"><button>Share on Facebook</button></div>
<p>{INTRO}</p>
<!-- editors: check this -->
<h2>{HEADING_A}</h2><p>{HYGIENIST}</p>
<h2>{HEADING_B}</h2><p>{ASSISTANT}</p>
<iframe src="https://ads.example/frame"></iframe>
<h2>{VERSUS}</h2><p>{LEAD}</p>
{sections}</article></main>
<aside><h2>Read next</h2><ul><li><a href="/x">{NEIGHBOUR}</a></li></ul></aside>
<footer>About us</footer>
</body></html>"""
