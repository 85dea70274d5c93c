"""Progress and the file to hand in."""

import json
import re
from pathlib import Path

import jsonschema
import pytest
from markupsafe import escape

from kit.analysis.annotate import annotate
from kit.course.answers import open_answers
from kit.course.feedback import read_answer
from kit.course.hand_in import HandedIn, hand_in, in_words
from kit.course.lesson_files import lessons
from kit.course.lessons import find_question, read_lesson
from kit.course.look_back import MOST_MISTAKES, LookBack, Mistake, look_back
from kit.course.own_articles import all_pasted
from kit.course.progress import MORE, Exercise, Progress, open_work, progress
from kit.course.questions import Option, Question
from kit.errors import KitError
from kit.readings.reading import Annotation, Reading
from kit.resources import PACKAGE
from kit.sources.load import load
from kit.summaries.report import report
from kit.text.article import read_text
from kit.text.spans import Span

LESSON = "02_who_says_so"
OWN = "06_your_article"  # the lesson on articles of one's own
STOP = re.compile(r'<li data-state="(\w+)"><strong>.*?</strong> <span>(\d+ of \d+) done</span>')


pytestmark = pytest.mark.usefixtures("folder")


def some_answers():
    store = open_answers(LESSON)
    given = {"picked": ["austin"], "text": "", "sure": "sure", "hints": 1, "committed": True}
    store.put("nested", given)
    store.put("nested", given | {"picked": ["department"], "sure": "unsure"})
    store.put("why-said", {"text": "<script>alert(1)</script> 🕊️ \ud800"})
    store.put_marks("mark", [Annotation("attribution", "cue", Span(0, 2))])
    return store


def test_nothing_is_touched_at_first_and_looking_writes_nothing(folder):
    now = progress()
    assert {one.state for one in now.exercises} == {"untouched"}
    assert {one.lesson for one in now.exercises} == set(lessons())
    assert not folder.exists()


def test_what_is_done_begun_and_untouched():
    some_answers()
    states = {one.name: one.state for one in progress(LESSON).exercises}
    touched = {name: state for name, state in states.items() if state != "untouched"}
    assert touched == {"nested": "done", "why-said": "begun", "mark": "begun"}
    total = len(read_lesson(LESSON).questions) + len(read_lesson(LESSON).marking)
    text, page = repr(progress(LESSON)), progress(LESSON)._repr_html_()
    assert text.splitlines()[:2] == [
        f"1 of {total} exercises done",
        f"02 Who says so?: core: 1 begun, 4 untouched; more: 1 done, 1 begun, {total - 7} untouched",
    ]
    assert "   begun: Said, said, said · Mark who speaks: the beginning of the story" in text.splitlines()
    assert "   untouched: Who is the source? · Find the signal · " in text
    first = find_question(f"{LESSON}/before").title  # the core comes first
    assert f"<p>Next: {first}</p>" in page
    assert f"<details open><summary>5 still open</summary><ol><li>{first}</li>" in page
    assert f"<details><summary>{total - 6} {MORE}</summary>" in page  # a wall, unless somebody asks for it
    assert "<li>Said, said, said (begun)</li>" in page
    assert "Words that passed through many hands" not in page  # done: nothing to do


def test_each_lesson_counts_its_own_and_names_what_is_still_to_do():
    some_answers()
    notes = (Exercise("01_what_am_i_looking_at", "a", "<A>", "done"), Exercise(LESSON, "b", "<B>", "untouched"))
    text, page = repr(Progress(notes, ("<note>",))), Progress(notes, ("<note>",))._repr_html_()
    assert text.splitlines() == [
        "1 of 2 exercises done",
        "01 What am I looking at?: 1 done",
        "02 Who says so?: 1 untouched",
        "<note>",
    ]
    assert STOP.findall(page) == [("done", "1 of 1"), ("untouched", "0 of 1")]
    assert "<strong>1 of 2 exercises done</strong>" in page
    assert "&lt;note&gt;" in page
    begun = Progress((*notes, Exercise(LESSON, "c", "<C>", "begun")))._repr_html_()
    assert STOP.findall(begun) == [("done", "1 of 1"), ("begun", "0 of 2")]
    assert "<ol><li>&lt;B&gt;</li><li>&lt;C&gt; (begun)</li></ol>" in begun
    lines = repr(progress()).splitlines()
    assert sum("more: 1 done, 1 begun, " in line for line in lines) == 1
    assert (len(lines), progress().notes) == (1 + len(lessons()) + 2, ())
    half = Progress((Exercise(LESSON, "a", "<A>", "done"), Exercise(LESSON, "c", "<C>", "begun")))._repr_html_()
    assert STOP.findall(half) == [("begun", "1 of 2")]
    assert "<details open>" in half  # one lesson: what is open needs no click
    assert "<details><summary>2 still open</summary>" in begun


@pytest.mark.parametrize(
    ("core", "more", "follows"),
    [
        ("untouched", "untouched", "<p>Next: core</p>"),
        ("begun", "done", "<p>Next: core</p>"),
        ("done", "untouched", f"<summary>1 {MORE}</summary>"),  # the rest goes in any order: none of it is next
        ("done", "begun", f"<summary>1 {MORE}</summary>"),
        ("done", "done", ""),
    ],
)
def test_only_the_core_has_a_next_exercise(core, more, follows):
    both = (Exercise(LESSON, "a", "more", more, core=False), Exercise(LESSON, "b", "core", core))
    page = Progress(both)._repr_html_()
    assert follows in page
    assert page.count("Next: ") == follows.count("Next: ")
    assert page.count(MORE) == (more != "done")
    assert "exercises done" not in page  # of one lesson the core and the rest are counted, not their sum


def test_each_marking_exercise_has_a_state_of_its_own():
    mark = [Annotation("framing", "loaded", Span(0, 2))]
    lesson = "04_in_whose_words"
    open_answers(lesson).put("rewrite", {"texts": ["A version."]})
    assert [one.name for one in progress(lesson).of("begun")] == ["rewrite"]
    open_answers(lesson).put_marks("mark", mark)
    assert [one.name for one in progress(lesson).of("begun")] == ["mark", "rewrite"]
    open_answers(OWN, load("ferry_2")).put_marks("words", mark)  # an example stands in for one's own article
    assert [one.name for one in progress(OWN).of("begun")] == ["words"]


def test_an_unknown_lesson():
    with pytest.raises(KitError, match="There is no lesson '99_x'"):
        progress("99_x")


def test_one_file_holds_it_all(folder):
    some_answers()
    mine = read_text("It may rain.")
    open_answers("06_your_article", mine).put_marks("mark", [Annotation("hedge", "modal", Span(3, 6))])
    done = hand_in()
    data = json.loads(done.file.read_text("utf-8"))
    assert (data["schema"], data["name"]) == ("hand-in/1", "")
    assert set(data["readings"]) == {LESSON, f"06_your_article.{mine.id}"}
    schema = json.loads((PACKAGE / "readings/reading.schema.json").read_text("utf-8"))
    for reading in data["readings"].values():
        jsonschema.validate(reading, schema)
    answer = data["readings"][LESSON]["answers"]["nested"]
    assert answer["picked"] == ["department"]
    assert answer["history"][0]["picked"] == ["austin"]
    assert {one["state"] for one in data["progress"]} == {"done", "begun", "untouched"}
    assert "To hand in: answers/handed-in/all_lessons_no-name.json" in repr(done)
    assert re.search(r"Not answered: \d+ exercises, named on that page\.", repr(done))


def test_each_file_is_read_once(folder, monkeypatch):
    """Progress and handing in look into many files of a class's server: none of them twice."""
    some_answers()
    open_answers(OWN).put("first", {"pasted": "The old bridge of Port Vorn may close."})
    [pasted] = all_pasted(open_answers(OWN))
    for article in (pasted, load("ferry_2"), read_text("Practice: it may rain.")):
        open_answers(OWN, article).put_marks("who", [Annotation("hedge", "modal", Span(3, 6))])
    written = sorted(path.name for path in folder.glob("*.json"))
    assert len(written) == 5
    read = []
    read_bytes = Path.read_bytes

    def noting(path):
        data = read_bytes(path)
        if path.parent == folder:
            read.append(path.name)
        return data

    monkeypatch.setattr(Path, "read_bytes", noting)
    hand_in()
    assert sorted(read) == written
    read.clear()
    progress()
    assert sorted(set(read)) == sorted(read)


def test_an_own_article_that_is_the_lessons_is_told_of_once():
    """Whoever pastes the story itself marks it where the lesson's own marks are."""
    text = load("blinken").text
    open_answers(OWN).put("first", {"pasted": text})
    [pasted] = all_pasted(open_answers(OWN))
    open_answers(OWN, pasted).put_marks("who", [Annotation("attribution", "cue", Span(0, 2))])
    assert hand_in().page.read_text("utf-8").count(": 1 marked</p>") == 1


def test_its_links_lead_from_the_notebook_to_the_files(folder, monkeypatch):
    monkeypatch.setenv("BTL_ANSWERS", str(folder.parent / "my answers"))
    done = hand_in()
    notebooks = folder.parent / "note books"
    notebooks.mkdir()
    monkeypatch.chdir(notebooks)
    shown = done._repr_html_()
    file = "answers/handed-in/all_lessons_no-name.json"
    assert f'<a href="../my%20{file}">my {file}</a>' in shown
    assert '<a href="../my%20answers/hand-in.html">my answers/hand-in.html</a>' in shown
    assert "Not answered:" in shown


def test_handing_in_twice_does_not_hand_in_the_file_itself():
    some_answers()
    hand_in()
    assert set(json.loads(hand_in("Kim").file.read_text("utf-8"))["readings"]) == {LESSON}


def test_the_page_to_print_names_what_is_missing_and_escapes_what_was_typed():
    some_answers()
    page = hand_in("<Kim> \ud800").page.read_text("utf-8")
    assert "<p>&lt;Kim&gt; �</p>" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🕊️ �" in page
    assert "<script" not in page
    assert "Austin&#39;s department put out a statement" in page
    assert "First answer: Austin told the reporter" in page
    assert "right; not sure; 1 hint used" in page
    assert "not committed yet" in page
    assert "<strong>Not answered:</strong> Who is the source? ·" in page
    missing = re.search(r"<strong>Not answered:</strong> (Who is the source.*?)</p>", page)[1]
    items = read_lesson(LESSON).questions
    given = [item for item in items if item.name in ("nested", "why-said")]
    assert [item for item in items if f"<p>{escape(item.question)}</p>" in page] == given
    assert not {item.title for item in given} & set(missing.split(" · "))
    assert f"<h2>{read_lesson(LESSON).title}</h2>" in page
    assert f"<p>1 of {len(progress().exercises)} exercises done.</p>" in page
    assert f"<blockquote>{escape(given[0].passage)}</blockquote>" in page
    assert not re.search(r"<blockquote></|0 hints|<p></p>", page)
    assert page.count(" marked</p>") == 1
    assert f"{escape(load('blinken').title)}: 1 marked</p><ul><li>{load('blinken').text[:2]} (signal)</li></ul>" in page


def test_points_are_handed_in_as_they_were_ticked_and_quoted():
    answer = {
        "text": "It takes <no> side.",
        "committed": True,
        "points": {"neutral": "no> side", "reader": "not there"},
    }
    open_answers(LESSON).put("why-said", answer)
    open_answers("03_how_sure").put("j-reportedly", {"picked": ["care"], "sure": "sure", "committed": True})
    done = hand_in()
    page = done.page.read_text("utf-8")
    assert "<li>It does not judge what is said: “no&gt; side”</li>" in page
    assert "<li>Readers can make up their own minds: not ticked</li>" in page
    assert "defensible: there are reasons for it; sure" in page
    handed_in = json.loads(done.file.read_text("utf-8"))["readings"][LESSON]["answers"]["why-said"]
    assert handed_in["points"] == answer["points"]
    assert page.count("as ticked and quoted") == 1
    open_answers(LESSON).put("why-said", {"text": "It takes no side."})
    assert "as ticked and quoted" not in hand_in().page.read_text("utf-8")


def test_the_first_answer_on_the_page_is_the_first_that_was_given():
    answers = [("austin", False), ("gallant", True), ("department", True), ("gallant", True)]
    shown = []
    for picked, committed in answers:
        open_answers(LESSON).put("nested", {"picked": [picked], "sure": "sure", "committed": committed})
        shown += [re.findall(r"First answer: (.+?)</p>", hand_in().page.read_text("utf-8"))]
    texts = {option.id: option.text for option in find_question(f"{LESSON}/nested").options}
    assert shown == [[], [], [texts["gallant"]], []]  # said only where it was another


def test_no_markup_of_students_or_of_their_articles_reaches_the_page():
    open_answers(OWN).put("first", {"pasted": "<i>Old</i> bridge\n\nThe <b>old</b> bridge of Port Vorn may close."})
    [article] = all_pasted(open_answers(OWN))
    open_answers(OWN, article).put_marks("who", [Annotation("attribution", "cue", Span(23, 33))])
    for text in ("<u>One</u> & all", "<u>Two</u>"):
        open_answers(LESSON).put("why-said", {"text": text, "committed": True})
    page = hand_in().page.read_text("utf-8")
    assert "&lt;i&gt;Old&lt;/i&gt; bridge: 1 marked</p><ul><li>&lt;b&gt;old&lt;/b&gt; (signal)</li>" in page
    assert "First answer: &lt;u&gt;One&lt;/u&gt; &amp; all</p>" in page
    assert not re.search("<[ibu]>", page)


@pytest.mark.parametrize(
    ("kind", "picked", "text", "written"),
    [
        ("choice", "b", "", "Two"),
        ("choices", "ac", "", "One\nThree"),
        ("order", "cab", "", "1. Three\n2. One\n3. Two"),
        ("span", "12", "", "mill may"),
        ("text", "", "It may close.", "It may close."),
        ("log", "b", "I read “it may close” there.", "Two\nI read “it may close” there."),
    ],
)
def test_an_answer_is_written_as_a_person_would(kind, picked, text, written):
    options = tuple(Option(*pair) for pair in (("a", "One"), ("b", "Two"), ("c", "Three")))
    question = Question("01_x/y", kind, "T", "Q?", options, passage="The mill may close.")
    assert in_words(question, read_answer(question, {"picked": list(picked), "text": text})) == written


def test_what_is_missing_is_named_or_counted_and_a_name_has_an_end():
    def shown(number):
        missing = tuple(Exercise(LESSON, f"e{n}", f"<T{n}>", "begun") for n in range(number))
        progress = Progress((*missing, Exercise(LESSON, "d", "D", "done")), ("A <note>.",))
        done = HandedIn(Path("answers/a.json"), Path("answers/a.html"), progress, LookBack((), ()))
        assert done._repr_html_().count("A &lt;note&gt;.") == repr(done).count("A <note>.") == 1
        return repr(done).splitlines()[3]

    assert shown(0) == "Everything is answered."
    assert shown(2) == "Not answered: <T0> · <T1>."
    assert shown(10).endswith("<T9>.")
    assert shown(11) == "Not answered: 11 exercises, named on that page."
    names = [json.loads(hand_in(name).file.read_text("utf-8"))["name"] for name in (" Kim\n", "K" * 300)]
    assert names == ["Kim", "K" * 200]


def test_a_broken_file_is_named_and_the_rest_handed_in(folder):
    folder.mkdir()
    (folder / f"{LESSON}.json").write_text("{")
    for name, content in (("notes", "[1]"), ("other", '{"schema": 1}'), ("deep", "[" * 100_000)):
        (folder / f"{name}.json").write_text(content)
    (folder / "folder.json").mkdir()
    Reading(load("ferry_1"), "").save(folder / f"{LESSON}.broken-1.json")  # set aside before
    done = hand_in()
    assert json.loads(done.file.read_text("utf-8"))["readings"] == {}
    assert "it is damaged" in repr(done)
    assert (folder / f"{LESSON}.json").read_text() == "{"


def test_a_folder_that_cannot_be_written(folder):
    folder.write_text("a file")
    with pytest.raises(KitError, match="can't be written"):
        hand_in()


@pytest.mark.browser
def test_nothing_runs_off_the_printed_page(browser, tmp_path):
    open_answers(LESSON).put("why-said", {"text": "https://example.org/" + "x" * 300})
    page = browser.new_page(viewport={"width": 700, "height": 900})  # about as wide as paper
    page.emulate_media(media="print")
    headline = f"A headline with {'x' * 300}"
    for written in (
        hand_in("N" * 300).page.read_text("utf-8"),
        report(annotate(f"{headline}\n\nThe mayor said it may rain.")).to_html(),
    ):
        (tmp_path / "page.html").write_text(written, "utf-8")
        page.goto((tmp_path / "page.html").as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 700
    page.close()


def test_the_page_to_keep_has_what_i_see_now_my_note_and_what_i_was_sure_of(folder):
    last = open_answers("05_put_it_together")
    last.put("look-back", {"text": "I see <who> speaks.", "committed": True})
    last.put("note", {"text": "A dpa report.", "committed": False})
    store = some_answers()  # sure of "austin", then another answer
    page = look_back(open_work(lesson) for lesson in lessons())
    assert [(one.title, one.written) for one in page.kept] == [
        ("What I see now", "I see <who> speaks."),
        ("My reader's note", "A dpa report."),
    ]
    (mistake,) = page.mistakes
    nested = find_question(f"{LESSON}/nested")
    texts = {option.id: option.text for option in nested.options}
    assert (mistake.then, mistake.now) == (texts["austin"], texts["department"])
    assert "I see &lt;who&gt; speaks." in page._repr_html_()
    store.put("nested", {"picked": ["austin"], "text": "", "sure": "sure", "hints": 0, "committed": True})
    (mistake,) = look_back([open_work(LESSON)]).mistakes
    assert mistake.now == ""  # nothing else is said now
    hand_in("Kim")
    assert "Kim looks back" in (folder / "look-back.html").read_text("utf-8")


def test_the_page_to_keep_stays_one_page():
    mistakes = tuple(Mistake(f"Q{n}?", "yes", "no") for n in range(MOST_MISTAKES + 3))
    page = LookBack((), mistakes)._repr_html_()
    assert page.count("I said: ") == MOST_MISTAKES
    assert "and 3 more, on the long page" in page
    assert "Nothing to keep yet" in LookBack((), ())._repr_html_()


@pytest.mark.parametrize(
    ("then", "shown"),
    [
        ("the town", "<em>the town</em>."),
        ("It rained.", "<em>It rained</em>."),
        ("“It rained.”", "<em>“It rained.”</em></li>"),  # a quotation ends by itself
    ],
)
def test_what_was_said_then_ends_with_one_full_stop(then, shown):
    assert shown in LookBack((), (Mistake("Q?", then, ""),))._repr_html_()
