"""Whatever a title, a cell, a name, a note or an answer says: on every page it is text, never a tag or an attribute."""

from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kit.course.answers import open_answers
from kit.course.hand_in import HandedIn, hand_in
from kit.course.look_back import Kept, LookBack, Mistake
from kit.course.progress import Exercise, Progress
from kit.course.questions import Option, Question
from kit.render.glossary import Glossary, Term
from kit.render.sections import Report, Section
from kit.widgets.quiz import fragment

LESSON = "02_who_says_so"
TAG = "hostile"
ATTACKS = (f"<{TAG}>", f"</td><{TAG} x=", f'" {TAG}="', f"' {TAG}='", f"--></style><{TAG}>", "&lt;", "{0}", "{x}", "%s")
hostile = st.lists(st.sampled_from(ATTACKS) | st.text(max_size=5), max_size=3).map(
    lambda parts: f"<{TAG}>{''.join(parts)}Z"
)


class Parsed(HTMLParser):
    """The names of the tags and attributes of a page, and its text."""

    def __init__(self, page):
        super().__init__()
        self.names, self.text = set(), ""
        self.feed(str(page))
        self.close()

    def handle_starttag(self, tag, attributes):
        self.names |= {tag, *(name for name, _ in attributes)}

    def handle_data(self, data):
        self.text += data


pytestmark = pytest.mark.usefixtures("folder")


def pages(text, folder):
    """All pages, with this text wherever a text of somebody's can stand."""
    section = Section("s", text, text, (text, text), ((text, 1), (text, text)))
    yield Report(text, (section,)).to_html()
    yield Report(text, (section,))._repr_html_()
    yield section._repr_html_()
    progress = Progress((Exercise(LESSON, "a", text, "begun"), Exercise(LESSON, "b", text, "untouched")), (text,))
    yield progress._repr_html_()
    kept = LookBack((Kept(text, text, text),), (Mistake(text, text, text),))
    yield kept._repr_html_()
    yield kept.to_html(text)
    yield HandedIn(folder / "hand-in.json", folder / "hand-in.html", progress, kept)._repr_html_()
    yield fragment(Question("01_x/y", "choice", text, text, (Option("o", text, card=text, address=text),), text))
    yield Glossary((Term(text, text, "01", example=text, note=text),))._repr_html_()
    open_answers(LESSON).put("why-said", {"text": text})
    yield hand_in(text).page.read_text("utf-8")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile)
def test_hostile_text_stays_text(text, folder):
    for page in pages(text, folder):
        parsed = Parsed(page)
        assert not {name for name in parsed.names if TAG in name}
        assert f"<{TAG}>" in parsed.text
        assert f"<{TAG}" not in page
