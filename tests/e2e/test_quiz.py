"""The Quiz in a real JupyterLab: every kind of question, by mouse and by keyboard alone; saved, restarted."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import expect

from e2e.lab import CUT_OFF, answers_in, has_focus
from e2e.student import Mouse, Student

pytestmark = pytest.mark.browser

LESSON = "02_who_says_so"
TALL = 9000  # JupyterLab takes cells out of the page that are not in view; here, all are
KINDS = {"choice": "nested", "choices": "the-silent", "order": "how-far", "text": "why-said", "span": "find-the-cue"}
SHOW = [f'kit.Quiz("{LESSON}/{name}")' for name in KINDS.values()]
FAIR = 'kit.Quiz("03_how_sure/j-reportedly")'


def cells(*, fresh):
    return [answers_in("answers-quiz", fresh=fresh), *SHOW, 'kit.Quiz.review("03_how_sure")']


@pytest.fixture(scope="module")
def notebook(lab):
    """A notebook with a question of each kind in it, and two at the end that open the next lesson."""
    opened = lab.open(lab.write("notebooks/quiz_test.ipynb", *cells(fresh=True)))
    yield opened
    assert opened.errors == []
    opened.close()


@pytest.fixture
def quiz(notebook):
    """The questions by kind, untouched."""
    notebook.resize(1280, TALL)
    notebook.run_all()
    return of(notebook)


def of(notebook):
    all_of_them = notebook.page.locator(".btl-quiz")
    return {kind: all_of_them.nth(number) for number, kind in enumerate(KINDS)} | {"again": all_of_them.nth(5)}


def commit(one, headline):
    one.get_by_role("button", name="Commit my answer").click()
    one.get_by_text(headline).wait_for()
    one.get_by_text(f"Saved in answers-quiz/{LESSON}.json.").wait_for()


def tick(one, point, words):
    """Tick a point and type the words that make it."""
    one.get_by_role("checkbox", name=point).check()
    one.get_by_role("textbox", name="Your words for it").fill(words)
    one.get_by_role("button", name="These are my words").click()
    one.get_by_text(f"Your words: “{words}”").wait_for()


def answers(lab):
    """What the file holds."""
    return json.loads(lab.file(f"answers-quiz/{LESSON}.json"))["answers"]


def states(one):
    return [state.strip() for state in one.locator(".btl-rows li strong").all_inner_texts()]


def test_first_the_answer_then_the_feedback(lab, notebook, quiz):
    one = quiz["choice"]
    assert one.get_by_text("Not saved yet.").is_visible()
    assert one.get_by_role("button", name="Start this question over").is_hidden()
    one.get_by_label("Austin told the reporter").check()
    one.get_by_role("button", name="Commit my answer").click()
    problem = one.get_by_role("alert").get_by_text("Say first how sure you are.")
    problem.wait_for()
    problem.evaluate("line => { line.firstChild.isOld = true; }")  # a new text in it is read aloud, an old one is not
    one.get_by_role("button", name="Commit my answer").click()
    notebook.page.wait_for_function("line => line.firstChild && !line.firstChild.isOld", arg=problem.element_handle())
    assert one.locator(".btl-rows").count() == 0
    drafted = one.get_by_text(f"Not committed yet. Draft saved in answers-quiz/{LESSON}.json.")
    drafted.evaluate("line => { line.firstChild.isOld = true; }")
    one.get_by_label("I’m sure").check()
    notebook.idle()
    assert drafted.evaluate("line => line.firstChild.isOld")  # said once
    commit(one, "Not this time.")
    assert states(one) == ["Your choice:", "Not chosen:", "The better answer:", "Not chosen:"]
    assert one.get_by_label("Austin told the reporter").is_hidden()
    assert answers(lab)["nested"]["picked"] == ["austin"]


def test_several_choices_an_order_a_text_and_words_by_mouse(lab, quiz):
    one = quiz["choices"]
    for name in ("The people who have fled", "Benjamin Netanyahu"):
        one.get_by_label(name).check()
    one.get_by_label("I’m not sure").check()
    commit(one, "Partly.")
    assert states(one).count("This one, too:") == 2

    one = quiz["order"]
    for wanted, text in enumerate(["pointed out", "said", "claimed", "falsely claimed"]):
        shown = [row.inner_text().split("\n")[0].strip() for row in one.locator(".btl-order li").all()]
        for _ in range(shown.index(text) - wanted):
            one.get_by_role("button", name=f"Move up: {text}", exact=True).click()
    one.get_by_label("I’m sure").check()
    commit(one, "Right, and you knew it.")

    one = quiz["text"]
    typed = "They are neutral 🕊️ <b>and</b>\nleave it to the reader." + " Long." * 1000
    one.get_by_label("Your answer").fill(typed)
    commit(one, "Compare your answer with ours")
    assert one.locator(".btl-named p").first.inner_text() == typed
    assert answers(lab)["why-said"]["text"] == typed

    one = quiz["span"]
    one.locator(".btl-words label", has_text="said").click()
    one.get_by_label("I’m sure").check()
    commit(one, "Right, and you knew it.")
    assert answers(lab)["find-the-cue"]["picked"] == ["13"]


def test_all_kinds_by_keyboard_alone(notebook, quiz):
    press = notebook.press
    quiz["choice"].get_by_label("Austin told the reporter").focus()
    press("Space", "ArrowDown", "ArrowDown", "Tab", "Space", "Tab", "Tab", "Enter")  # the third; sure; the hint
    quiz["choice"].get_by_text("There are two signals").wait_for()
    press("Shift+Tab", "Enter")
    quiz["choice"].get_by_text("Right, and you knew it.").wait_for()
    assert has_focus(quiz["choice"].locator(".btl-headline-of-feedback"))

    quiz["choices"].get_by_role("checkbox").first.focus()
    press("Tab", "Space", "Tab", "Space", "Tab", "Space", "Tab", "Tab", "Space", "Enter")
    quiz["choices"].get_by_text("Right, and you knew it.").wait_for()

    first = quiz["order"].locator(".btl-order li").first.inner_text().split("\n")[0].strip()
    quiz["order"].get_by_role("button", name=f"Move down: {first}", exact=True).focus()
    press("Enter", "Enter", "Enter", "Enter")
    assert quiz["order"].locator(".btl-order li").last.inner_text().startswith(first)
    assert has_focus(quiz["order"].get_by_role("button", name=f"Move down: {first}", exact=True))

    quiz["text"].get_by_label("Your answer").focus()
    notebook.page.keyboard.insert_text("It is fair.")
    press("Tab", "Enter")
    quiz["text"].get_by_text("Compare your answer with ours").wait_for()
    press("Tab", "Space")
    expect(quiz["text"].get_by_role("textbox", name="Your words for it")).to_be_focused()
    notebook.page.keyboard.insert_text("is fair")
    press("Enter")
    quiz["text"].get_by_text("Your words: “is fair”").wait_for()
    expect(quiz["text"].get_by_role("checkbox").first).to_be_focused()
    press("Space")
    quiz["text"].get_by_text("Your words: “is fair”").wait_for(state="hidden")

    quiz["span"].get_by_role("checkbox").first.focus()
    press("End", "ArrowLeft", "ArrowLeft", "Space", "Home", "ArrowRight", "Tab", "Space", "Enter")
    quiz["span"].get_by_text("Right, and you knew it.").wait_for()


def test_a_change_of_mind_undo_and_starting_over(lab, quiz):
    one = quiz["choice"]
    one.get_by_label("Gallant told the reporter").check()
    one.get_by_label("I’m not sure").check()
    commit(one, "Not this time")
    one.get_by_role("button", name="Change my mind").click()
    one.get_by_label("Austin's department put out a statement").check()
    one.get_by_label("I’m sure").check()
    commit(one, "Right, and you knew it.")
    assert [old["picked"] for old in answers(lab)["nested"]["history"] if old["committed"]] == [["gallant"]]
    one.get_by_role("button", name="Start this question over").click()
    one.get_by_text("Not saved yet.").wait_for()
    assert one.get_by_role("radio", checked=True).count() == 0
    one.get_by_role("button", name="Undo: bring my earlier answer back").click()
    one.get_by_text("Right, and you knew it.").wait_for()


def test_the_focus_stays_where_the_keyboard_goes_on(notebook, quiz):
    one, press = quiz["choice"], notebook.press
    hint = one.get_by_role("button", name="Hint 1 of 2")
    hint.focus()
    press("Enter")
    one.get_by_role("button", name="Hint 2 of 2").wait_for()
    press("Enter")
    last = one.get_by_role("button", name="No more hints", disabled=True)
    last.wait_for()
    assert has_focus(last)
    press("Enter")
    one.get_by_label("Gallant told the reporter").check()
    one.get_by_label("I’m not sure").check()
    commit(one, "Not this time")
    headline = one.locator(".btl-headline-of-feedback")
    one.get_by_role("button", name="Change my mind").focus()
    press("Enter")
    expect(one.get_by_label("Gallant told the reporter")).to_be_focused()
    one.get_by_role("button", name="Undo").focus()
    press("Enter")
    expect(headline).to_be_focused()
    one.get_by_role("button", name="Start this question over").focus()
    press("Enter")
    expect(one.get_by_role("radio").first).to_be_focused()


def test_answers_are_there_after_a_restart_a_rename_and_in_another_notebook(lab, notebook, quiz):
    quiz["choice"].get_by_label("Austin told the reporter").check()
    quiz["choice"].get_by_label("I’m sure").check()
    commit(quiz["choice"], "Not this time.")
    quiz["text"].get_by_label("Your answer").fill("A draft")
    quiz["text"].get_by_text("Draft saved").wait_for()
    opened = lab.open(lab.write("notebooks/quiz_copy.ipynb", *cells(fresh=False)))
    opened.resize(1280, TALL)
    opened.run_all()
    again = of(opened)
    assert again["choice"].get_by_text("Not this time.").is_visible()
    assert again["choice"].get_by_text(f"Saved in answers-quiz/{LESSON}.json.").is_visible()
    assert again["text"].get_by_label("Your answer").input_value() == "A draft"
    assert again["again"].get_by_text("Words that passed through many hands").is_visible()  # wrong but sure
    opened.restart()
    assert of(opened)["choice"].get_by_text("Not this time.").is_visible()
    assert opened.errors == []
    opened.close()


def test_what_was_just_typed_outlives_a_reload_and_a_restart(lab):
    opened = lab.open(lab.write("notebooks/quiz_typed.ipynb", answers_in("answers-quiz", fresh=True), SHOW[3]))
    opened.run_all()
    keyboard = opened.page.keyboard
    field = opened.page.locator(".btl-quiz").get_by_label("Your answer")
    field.click()
    keyboard.insert_text("Typed, and reloaded at once. ")
    opened.load()
    expect(field).to_have_value("Typed, and reloaded at once. ")
    opened.page.get_by_text("Draft saved").wait_for()
    opened.command("Kernel", "Restart Kernel…")
    opened.page.locator(".jp-Dialog").get_by_role("button", name="Confirm Kernel Restart").click()
    opened.page.locator("#jp-main-statusbar").get_by_text("| Idle").wait_for()
    field.click()
    keyboard.press("Control+End")
    keyboard.insert_text("Nobody hears this 😀.")
    opened.page.get_by_role("alert").get_by_text("Python does not answer.").wait_for()
    assert opened.page.get_by_text("Draft saved").count() == 0
    opened.command("Run", "Run All Cells")
    expect(field).to_have_value("Typed, and reloaded at once. Nobody hears this 😀.")
    opened.page.get_by_text("Draft saved").wait_for()
    assert answers(lab)["why-said"]["text"].endswith("Nobody hears this 😀.")
    assert opened.errors == []
    opened.close()


@pytest.mark.walk
def test_what_cannot_be_saved_outlives_a_restart_and_is_saved_by_itself_once_it_can_be(lab):
    file = f'"../answers-full/{LESSON}.json"'
    locked = f'kit.Quiz("{LESSON}/nested").picked = ["austin"]; os.chmod({file}, 0o444)'
    opened = lab.open(lab.write("notebooks/quiz_full.ipynb", answers_in("answers-full", fresh=False), locked, SHOW[3]))
    opened.run_all()
    field = opened.page.locator(".btl-quiz").get_by_label("Your answer")
    field.fill("Where shall I go?")
    opened.page.get_by_text("Can't be saved in answers-full").wait_for()
    opened.restart()
    expect(field).to_have_value("Where shall I go?")
    opened.page.get_by_text("Can't be saved in answers-full").wait_for()
    opened.type(f"os.chmod({file}, 0o644)")
    opened.page.get_by_text("Draft saved in answers-full").wait_for()
    saved = json.loads(lab.file(f"answers-full/{LESSON}.json"))["answers"]
    assert saved["why-said"]["text"] == "Where shall I go?"
    assert saved["nested"]["picked"] == ["austin"]
    assert opened.errors == []
    opened.close()


def test_a_kernel_that_is_gone_is_noticed(lab):
    opened = lab.open(lab.write("notebooks/quiz_gone.ipynb", *cells(fresh=True)))
    opened.resize(1280, TALL)
    opened.run_all()
    one = of(opened)["choice"]
    lab.end_kernels(opened.path)
    one.get_by_label("Austin told the reporter").check()
    one.get_by_label("I’m sure").check()
    one.get_by_role("button", name="Commit my answer").click()
    one.get_by_role("alert").get_by_text("Python does not answer.").wait_for()
    opened.close()


def test_a_point_is_made_in_words_that_stand_in_the_answer(lab, notebook, quiz):
    one = quiz["text"]
    field = one.get_by_label("Your answer")
    field.fill("idk")
    one.get_by_role("button", name="Commit my answer").click()
    one.get_by_role("alert").get_by_text("It is fine not to know.").wait_for()
    assert not answers(lab)["why-said"]["committed"]
    field.fill("It takes no side, so readers decide.")
    commit(one, "Compare your answer with ours")
    assert answers(lab)["why-said"]["points"] == {}
    neutral, reader = (one.get_by_role("checkbox", name=name) for name in ("It does not judge", "Readers can"))
    neutral.check()
    words, take = (
        one.get_by_role("textbox", name="Your words for it"),
        one.get_by_role("button", name="These are my words"),
    )
    words.fill("it is neutral")
    take.click()
    one.get_by_role("alert").get_by_text("These words don't stand in your answer.").wait_for()
    select(one, "o sid")
    expect(words).to_have_value("no side")
    take.click()
    one.get_by_text("Your words: “no side”").wait_for()
    expect(neutral).to_be_focused()
    select(one, "readers decide")
    reader.check()
    expect(words).to_have_value("readers decide")
    expect(take).to_be_focused()
    notebook.press("Enter")
    one.get_by_text("Your words: “readers decide”").wait_for()
    assert answers(lab)["why-said"]["points"] == {"neutral": "no side", "reader": "readers decide"}
    neutral.uncheck()
    one.get_by_text("Your words: “no side”").wait_for(state="hidden")
    opened = lab.open(lab.write("notebooks/quiz_points.ipynb", answers_in("answers-quiz", fresh=False), SHOW[3]))
    opened.run_all()
    again = opened.page.locator(".btl-quiz")
    again.get_by_text("Your words: “readers decide”").wait_for()
    assert [box.is_checked() for box in again.get_by_role("checkbox").all()] == [False, True, False]
    assert answers(lab)["why-said"]["points"] == {"reader": "readers decide"}
    assert opened.errors == []
    opened.close()


def select(one, words):
    """Select words of the answer that was given, as a mouse or a finger does."""
    one.locator(".btl-named p").first.evaluate(
        """(node, words) => {
            const start = node.textContent.indexOf(words);
            getSelection().setBaseAndExtent(node.firstChild, start, node.firstChild, start + words.length);
        }""",
        words,
    )


def test_keys_pressed_in_a_question_are_no_commands_for_the_cell(notebook, quiz):
    with notebook.unchanged():
        quiz["span"].get_by_role("checkbox").first.focus()
        notebook.press("d", "d", "x", "a", "b", "m", "y", "ArrowRight", "0", "0")
        quiz["choice"].get_by_role("radio").first.focus()
        notebook.press("d", "d", "x", "a", "b", "ArrowDown", "ArrowUp")


def test_axe_finds_nothing_in_either_theme(lab, theme):
    shown = [answers_in("answers-quiz", fresh=True), *SHOW, FAIR]
    opened = lab.open(lab.write("notebooks/quiz_axe.ipynb", *shown))
    opened.resize(1280, TALL)
    opened.run_all()
    assert opened.violations(".btl-quiz") == []
    quiz = of(opened)
    quiz["choice"].get_by_role("button", name="Hint 1 of 2").click()
    quiz["choice"].get_by_label("Austin told the reporter").check()
    quiz["choice"].get_by_role("button", name="Commit my answer").click()
    quiz["choice"].get_by_role("alert").wait_for()
    quiz["text"].get_by_label("Your answer").fill("It is fair.")
    commit(quiz["text"], "Compare your answer with ours")
    tick(quiz["text"], "It does not judge", "is fair")
    quiz["text"].get_by_role("checkbox", name="Readers").check()
    quiz["text"].get_by_role("button", name="These are my words").click()
    quiz["text"].get_by_role("alert").get_by_text("Show it:").wait_for()
    fair = opened.page.locator(".btl-quiz").nth(5)
    fair.get_by_label("Care: it says no more than is known").check()
    fair.get_by_label("I’m sure").check()
    fair.get_by_role("button", name="Commit my answer").click()
    fair.get_by_text("You have a point.").wait_for()
    quiz["span"].locator(".btl-words label", has_text="spring").click()
    quiz["span"].get_by_label("I’m sure").check()
    commit(quiz["span"], "Not this time.")
    assert opened.violations(".btl-quiz") == []
    opened.close()


@pytest.mark.parametrize(("width", "zoom"), [(320, 1), (1280, 2), (2560, 1)])
def test_nothing_is_cut_off_in_a_small_or_large_window(notebook, quiz, width, zoom):
    quiz["text"].get_by_label("Your answer").fill("It says " + "Donaudampfschifffahrtsgesellschaft" * 9)
    commit(quiz["text"], "Compare your answer with ours")
    tick(quiz["text"], "It does not judge", "says " + "Donaudampfschifffahrtsgesellschaft" * 9)
    quiz["text"].get_by_role("checkbox", name="Readers").check()
    with notebook.window(width, TALL * 2, zoom=zoom):
        assert [found for one in quiz.values() for found in one.evaluate(CUT_OFF)] == []


def test_jupyterlab_shows_the_widget_and_the_file_keeps_the_question(notebook, quiz):
    data = notebook.saved()["cells"][1]["outputs"][0]["data"]
    assert data["text/plain"] == "Quiz('02_who_says_so/nested')"
    assert "The reporter listened to the talk" in "".join(data["text/html"])


def test_a_log_wants_evidence(lab):
    start = answers_in("answers-quiz", fresh=True)
    opened = lab.open(lab.write("notebooks/quiz_log.ipynb", start, 'kit.Quiz("01_what_am_i_looking_at/log-agency")'))
    opened.resize(1280, TALL)
    opened.run_all()
    one = opened.page.locator(".btl-quiz")
    one.get_by_role("radio", name="Agenturjournalismus").focus()
    opened.page.keyboard.press("Space")
    one.get_by_label("Your answer").fill("Nobody owns much of it.")
    one.get_by_role("button", name="Commit my answer").click()
    one.get_by_role("alert").get_by_text("Quote at least four words").wait_for()
    one.get_by_label("Your answer").fill("“None of them may hold more than 1.5 per cent”: no state is behind it.")
    one.get_by_role("button", name="Commit my answer").click()
    one.get_by_text("Compare your answer with ours").wait_for()
    assert states(one)[0] == "Your choice, and right:"
    assert opened.violations(".btl-quiz") == []
    assert opened.errors == []
    opened.close()


def test_what_stands_below_an_answer_has_a_heading_that_fits(lab):
    headings = {
        "00_start_here/two-headlines": [],  # a guess: there is nothing to take along yet
        "02_who_says_so/nested": ["To take with you"],
        "02_who_says_so/check-1": ["Your answer"],
        "02_who_says_so/check-6": ["Your answer", "Where you looked"],
    }
    lab.forget()
    asked = [f'kit.Quiz("{question}")' for question in headings]
    opened = lab.open(lab.write("notebooks/quiz_headings.ipynb", "import kit", *asked))
    opened.resize(1280, TALL)
    opened.run_all()
    for one, wanted in zip(opened.page.locator(".btl-quiz").all(), headings.values(), strict=True):
        Student(Mouse(opened)).quiz(one)
        assert one.locator(".btl-named strong").all_inner_texts() == wanted
    assert opened.errors == []
    opened.close()
    lab.forget()
