"""A student who answers whatever a lesson asks, with a mouse or with the keyboard alone.

It finds the controls as people do, by their roles and names, takes a plain choice everywhere, and remembers what it
gave: right or wrong does not matter here.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from playwright.sync_api import expect

from e2e.lab import Notebook, has_focus

WIDGETS = ".btl-reader, .btl-quiz, .btl-marker, .btl-rewriter, .btl-paste"
FOCUSED = "node => node === document.activeElement"
MOST_TABS = 20  # from one control of a widget to the next that is needed; the Rewriter takes 15
OWN_WORDS = "That tells me who is behind it"
WRITTEN = f"At example.org I read: “{{}}”. {OWN_WORDS}, and it may help."
REPORT = """The bridge may have to close, says its engineer
Port Vorn, 4 June. The old bridge at Port Vorn may have to close in autumn, the engineer, Ana Lima, said on Monday.
"We hope that it will hold until then," she added. Some 400 people cross it every day, according to the harbour office.
Shopkeepers fear a brutal winter. They believe that the town has known about the cracks for years."""
# What a page shows of a widget, in cells out of view too, for which JupyterLab does not even make a layout. Where a
# widget has a line about saving, its status line tells what was done last, and need not be the same the next day.
SHOWN = """(node) => {
    const seen = [];
    const texts = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const passing = node.querySelector(".btl-saved") && "[role=status]";
    while (texts.nextNode()) {
        const { parentElement: parent, data } = texts.currentNode;
        if (parent.checkVisibility() && !(passing && parent.closest(passing))) seen.push(data);
    }
    const fields = [...node.querySelectorAll("textarea, input[type=text]")].filter((one) => one.checkVisibility());
    return [...seen, ...fields.map((one) => one.value)].join("|");
}"""
# The words beside a box; of a source card, its name.
WORDS = "box => (box.parentElement.querySelector('strong') ?? box.parentElement).textContent.trim()"


class Given(NamedTuple):
    """What the student gave a widget (None: it asks nothing), and what the page showed then."""

    answer: dict[str, Any] | None
    shown: str


class Mouse:
    """Clicks; only texts are typed."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook, self.page = notebook, notebook.page

    def press(self, button: Any) -> None:
        button.click()

    def choose(self, box: Any) -> None:
        """A checkbox or a radio button: its words can be clicked as well."""
        box.locator("xpath=ancestor::label/*[last()]").click()

    def take_last(self, kinds: Any) -> None:
        """The last of a list of kinds. What it opens is drawn by the system: no test can click in it."""
        kinds.select_option(index=kinds.locator("option").count() - 1)

    def write(self, field: Any, text: str) -> None:
        field.click()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(text)

    def point_at(self, text: Any, word: int) -> None:
        """Take one word of a text to mark."""
        text.locator(".btl-word").nth(word).click()


class Finger(Mouse):
    """Taps; only texts are typed."""

    def press(self, button: Any) -> None:
        button.tap()

    def choose(self, box: Any) -> None:
        box.locator("xpath=ancestor::label/*[last()]").tap()

    def write(self, field: Any, text: str) -> None:
        field.tap()
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(text)

    def point_at(self, text: Any, word: int) -> None:
        text.locator(".btl-word").nth(word).tap()


class Keyboard:
    """Presses keys, and nothing else. Tab leads from a cell into what it shows; Escape leads back."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook, self.page = notebook, notebook.page

    def reach(self, arrived: str, control: Any) -> None:
        """Press Tab, or Shift and Tab where that is the way, until the focus has arrived at a control."""
        behind = control.evaluate("node => node.compareDocumentPosition(document.activeElement) & 4")
        key = "Shift+Tab" if behind else "Tab"
        for _ in range(MOST_TABS):
            if control.evaluate(arrived):
                return
            self.page.keyboard.press(key)
        raise AssertionError(f"{MOST_TABS} times {key} do not lead to {control}")

    def press(self, button: Any) -> None:
        self.reach(FOCUSED, button)
        self.page.keyboard.press("Enter")

    def choose(self, box: Any) -> None:
        """A checkbox or a radio button: Tab leads into its group, arrow keys to each of the others."""
        in_group = """node => node === document.activeElement
            || (node.type === "radio" && document.activeElement.name === node.name)
            || node.closest(".btl-words")?.contains(document.activeElement)"""
        self.reach(in_group, box)
        while not has_focus(box):
            self.page.keyboard.press("ArrowRight")
        if not box.is_checked():
            self.page.keyboard.press("Space")

    def take_last(self, kinds: Any) -> None:
        """The last of a list of kinds."""
        self.reach(FOCUSED, kinds)
        self.page.keyboard.press("End")

    def write(self, field: Any, text: str) -> None:
        self.reach(FOCUSED, field)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(text)

    def point_at(self, text: Any, word: int) -> None:
        self.reach("node => node.contains(document.activeElement)", text)
        self.notebook.press("Control+Home", *["ArrowRight"] * word, "Enter")


class Student:
    """Answers the widgets of a notebook. ``hands``: a Mouse or a Keyboard."""

    def __init__(self, hands: Mouse | Keyboard) -> None:
        self.hands, self.page = hands, hands.page

    def answer(self, widget: Any) -> Given:
        """Do what a widget asks for."""
        widget.wait_for()
        answer = getattr(self, kind_of(widget))(widget)
        return Given(answer, "" if answer is None else shown(widget))

    def quiz(self, quiz: Any) -> dict[str, Any]:
        options = quiz.get_by_role("group").first
        given: dict[str, Any] = {"picked": self._pick(options), "text": "", "sure": ""}
        field = options.get_by_label("Your answer")
        if field.count():
            card = options.locator(".btl-source-card")
            quoted = " ".join(card.first.text_content().split()[:6]) if card.count() else "the boat may be late"
            given["text"] = WRITTEN.format(quoted)
            self.hands.write(field, given["text"])
        sure = quiz.get_by_role("radio", name="I’m sure", exact=True)
        if sure.is_visible():
            self.hands.choose(sure)
            given["sure"] = "sure"
        self.hands.press(quiz.get_by_role("button", name="Commit my answer"))
        expect(quiz.locator(".btl-headline-of-feedback")).to_be_focused()
        points = quiz.get_by_role("group", name="Which of these points are in your answer?").get_by_role("checkbox")
        if points.count():
            self._tick(quiz, points.first)
            given["quotes"] = [OWN_WORDS]
        assert quiz.get_by_role("button", name="Change my mind").is_visible()
        quiz.get_by_role("status").get_by_text("Saved in answers/").wait_for()
        return given

    def _tick(self, quiz: Any, point: Any) -> None:
        """Say that the answer makes a point, in these of its words."""
        self.hands.choose(point)
        self.hands.write(quiz.get_by_role("textbox", name="Your words for it"), OWN_WORDS)
        self.hands.press(quiz.get_by_role("button", name="These are my words"))
        quiz.get_by_text(f"Your words: “{OWN_WORDS}”").wait_for()

    def _pick(self, options: Any) -> list[str]:
        """Choose among a question's options, whatever kind they are; their texts, as they were chosen."""
        moves = options.get_by_role("button", name="Move down")
        if moves.count():
            lines = [line.text_content().strip() for line in options.locator("li > span:first-child").all()]
            self.hands.press(moves.first)
            return [lines[1], lines[0], *lines[2:]]
        boxes = options.get_by_role("checkbox")
        chosen = [boxes.nth(0), boxes.nth(2)] if boxes.count() else options.get_by_role("radio").all()[:1]
        for box in chosen:
            self.hands.choose(box)
        return [box.evaluate(WORDS) for box in chosen]

    def marker(self, marker: Any) -> dict[str, Any]:
        text = marker.locator(".btl-page")
        marks = []
        for word, sure in ((4, True), (9, False)):
            self.hands.point_at(text, word)
            row = marker.get_by_role("group", name="Your mark:")
            kind = row.get_by_role("combobox")
            label = ""
            if kind.count() and not sure:
                self.hands.take_last(kind)
            if kind.count():
                label = kind.input_value()
            if not sure:
                self.hands.choose(row.get_by_role("checkbox", name="not sure"))
            marks.append((text.locator(".btl-word").nth(word).text_content(), label, 1.0 if sure else 0.5))
        self.hands.press(marker.get_by_role("button", name="I’m done: compare"))
        expect(marker.get_by_role("heading", name="Beside other readers")).to_be_focused()
        self.hands.choose(marker.get_by_role("checkbox", name="I still disagree").first)
        marker.get_by_text("You still disagree: noted.").wait_for()
        marker.get_by_text("Saved in answers/").wait_for()
        return {"marks": marks, "disagree": [""]}

    def rewriter(self, desk: Any) -> dict[str, Any]:
        word = desk.get_by_role("button", expanded=False).first
        self.hands.press(word)
        panel = desk.get_by_role("group", name="About")
        self.hands.press(panel.get_by_role("listitem").get_by_role("button").first)
        panel.wait_for(state="hidden")
        fields = desk.get_by_role("textbox")
        self.hands.write(fields.last, " It rained.")
        desk.get_by_role("listitem").get_by_text("It rained").wait_for()
        self.hands.press(desk.get_by_role("button", name="Write to files"))
        desk.get_by_role("status").get_by_text("Written: answers/").wait_for()
        desk.get_by_text("Saved in answers/").wait_for()
        return {"texts": [field.input_value() for field in fields.all()]}

    def paste(self, paste: Any) -> dict[str, Any]:
        self.hands.write(paste.get_by_label("Paste an article here"), REPORT)
        self.hands.press(paste.get_by_role("button", name="Use this text"))
        paste.get_by_text("You work with your text").wait_for()
        paste.get_by_text("Saved in answers/").wait_for()
        return {"pasted": REPORT}

    def reader(self, reader: Any) -> None:
        """Nothing to answer: switch a layer off and on, open a card and close it."""
        switches = reader.get_by_role("button", pressed=True)
        if not switches.count():
            return
        name = switches.first.locator("strong").text_content()
        switch = reader.get_by_role("button", name=name)
        for state in ("false", "true"):
            self.hands.press(switch)
            assert switch.get_attribute("aria-pressed") == state
        self.hands.press(reader.locator(".btl-page").get_by_role("button", expanded=False).first)
        card = reader.get_by_role("dialog")
        assert card.get_by_role("term").first.text_content() == "Why"
        self.hands.press(card.get_by_role("button", name="Close"))
        card.wait_for(state="detached")


def kind_of(widget: Any) -> str:
    """reader, quiz, marker, rewriter or paste."""
    return widget.evaluate("node => /btl-(reader|quiz|marker|rewriter|paste)/.exec(node.className)[1]")


def shown(widget: Any) -> str:
    """What the page shows of a widget, the texts in its fields too."""
    return widget.evaluate(SHOWN)
