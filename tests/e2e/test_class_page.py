"""The page about a class in a real browser: as a teacher uses it, and with students who mean harm."""

from __future__ import annotations

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from invented_class import InventedClass, names
from playwright.sync_api import expect

from kit.classroom.discussion import discuss
from kit.cli import main

pytestmark = pytest.mark.browser

SIZE = 6
EVIL = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
WRITTEN = '[data-exercise="02_who_says_so/look-back"]'
TEXT = '[data-exercise="04_in_whose_words/mark"]'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A class, one of whom wrote markup for a name and for an answer."""
    invented = InventedClass(SIZE, only=("02_who_says_so", "04_in_whose_words"))
    folder = invented.write(tmp_path_factory.mktemp("class") / "in")
    evil = invented.hand_in(0) | {"name": EVIL}
    evil["readings"]["02_who_says_so"]["answers"]["look-back"] = {"text": f"I wrote {EVIL} here", "committed": True}
    (folder / "evil.json").write_text(json.dumps(evil), "utf-8")
    (folder / f"{'a_long_name_without_any_end_' * 3}.json").write_text("{", "utf-8")
    return folder.parent


@pytest.fixture(scope="module")
def made(folder):
    into = folder / "class.html"
    assert main(["class", str(folder / "in"), "-o", str(into), "--names"]) == 0
    return into


@pytest.fixture
def opened(open_file, made):
    """Opens the page at a width, in a theme."""

    def open_page(width=1366, scheme="light"):
        return open_file(made, viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True)

    return open_page


@pytest.mark.parametrize(("width", "scheme"), [(1366, "light"), (390, "dark")])
def test_all_of_it_can_be_read_by_everybody(opened, width, scheme):
    page = opened(width, scheme)
    page.locator("#\\30 4_in_whose_words > summary").click()
    for kind in ("question", "written"):
        page.locator(f"#\\30 4_in_whose_words .{kind} > summary").first.click()
    page.locator("#files summary").click()
    page.locator(f"{TEXT} button.n").first.click()
    expect(page.locator(f"{TEXT} .place-card dt").first).to_have_text("The class")
    found = Axe().run(page).response["violations"]
    assert [f"{rule['id']}: {node['html']}" for rule in found for node in rule["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_nothing_that_students_wrote_runs(opened):
    page = opened()
    page.locator("#\\30 2_who_says_so > summary").click()
    page.locator(f"{WRITTEN} > summary").click()
    expect(page.locator(f"{WRITTEN} .answer", has_text="I wrote <img")).to_have_count(1)
    expect(page.locator("img")).to_have_count(0)
    assert page.title() == "Your class: Between the Lines"


def test_points_are_kept_in_the_browser_and_in_a_file(opened, folder, made):
    page = opened()
    for _ in range(2):  # the second time as on another day
        page.locator("#\\30 2_who_says_so > summary").click()
        page.locator(f"{WRITTEN} > summary").click()
        field = page.get_by_role("spinbutton", name=f"Points for {names(1)}")
        if field.input_value() == "":
            field.fill("1.5")
            field.blur()
            expect(page.locator("#points")).to_have_text("Points for 1 answer, not yet in a file")
            with page.expect_download() as saved:
                page.get_by_role("button", name="Save points to a file").click()
            expect(page.locator("#points")).to_have_text("Points for 1 answer")
            page.reload()
    expect(field).to_have_value("1.5")
    saved.value.save_as(folder / "points.json")
    again = ["class", str(folder / "in"), "-o", str(folder / "again.html"), "--csv", str(folder / "g.csv")]
    assert main([*again, "--points", str(folder / "points.json")]) == 0
    (row,) = [line for line in (folder / "g.csv").read_text("utf-8").splitlines() if line.startswith(names(1))]
    assert "1.5" in row.split(",")
    assert '"points":1.5' in (folder / "again.html").read_text("utf-8")


def test_one_student_alone_and_one_kind_alone(opened, made):
    page = opened()
    data = json.loads(page.locator("#data").text_content())
    text = data["texts"]["04_in_whose_words/mark"]
    student, marks = next(iter(text["marks"].items()))
    page.locator("#\\30 4_in_whose_words > summary").click()
    page.locator("#student").select_option(student)
    shaded = page.locator(f"{TEXT} .h5").evaluate_all("all => all.map((one) => Number(one.dataset.word))")
    words = {word for at in range(0, len(marks), 4) for word in range(marks[at], marks[at + 1] + 1)}
    assert set(shaded) == words
    kind = text["labels"][marks[2]]
    page.locator(f"{TEXT} .label-choice").select_option(kind)
    shaded = page.locator(f"{TEXT} .h5").evaluate_all("all => all.map((one) => Number(one.dataset.word))")
    own = [at for at in range(0, len(marks), 4) if text["labels"][marks[at + 2]] == kind]
    assert set(shaded) == {word for at in own for word in range(marks[at], marks[at + 1] + 1)}
    expect(page.locator(f'tr[data-student="{student}"]')).to_have_class("chosen")
    page.locator(f"{TEXT} button.n", has_text="✓").first.click()
    name = data["students"][int(student)][1]
    expect(page.locator(f"{TEXT} .place-card dt").first).to_have_text(name)
    expect(page.locator(f"{TEXT} .place-card dd").first).to_contain_text(f"“{kind}”")


def test_the_projector_reveals_what_others_marked(browser, folder):
    page = browser.new_page()
    page.set_content(str(discuss("04_in_whose_words", folder / "in").to_html()))
    word = page.locator(".careful[data-word]").first
    line = "node => getComputedStyle(node).borderBlockEndWidth"
    assert float(page.locator(".btl-page").first.evaluate("node => parseFloat(getComputedStyle(node).fontSize)")) >= 24
    assert word.evaluate(line) == "0px"
    page.get_by_label("Reveal").check()
    assert word.evaluate(line) == "4px"
    expect(page.locator(".legend")).to_be_visible()
    assert [rule["id"] for rule in Axe().run(page).response["violations"]] == []
    page.close()
