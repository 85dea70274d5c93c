"""HandIn: the end of a lesson. It writes the file to hand in, and shows the code for where files can't be sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import segno
import traitlets
from markupsafe import Markup

from kit.course.hand_in_drop import drop_folder
from kit.course.hand_in_file import LONGEST_NAME
from kit.course.hand_in_lesson import hand_in_from
from kit.course.lessons import read_lesson
from kit.errors import KitError
from kit.render.html import static
from kit.widgets.assets import script, style
from kit.widgets.base import Widget

INVITATION = "Run this cell to hand in, in JupyterLab."
STAYS = "Nothing leaves this computer until you send it."
GOES = "Your teacher gets it at once."  # on a hub


class HandIn(Widget):
    """The form with which a student hands in a lesson, or all of them.

    ``written`` says which file was written and what is still open, ``problem`` what went wrong. ``file`` is its name
    and ``content`` what it holds, for the browser's download; ``code`` is the same in letters and digits, without the
    words that the student wrote (of one lesson only), and ``qr`` the rows of its QR code, "1" for dark. Never raises
    for a file that can't be written. Raises `KitError` if there is no such lesson.

    >>> HandIn("02_who_says_so")
    HandIn('02_who_says_so')
    """

    _esm = script("hand_in")
    _css = style("hand_in")

    title = traitlets.Unicode(read_only=True).tag(sync=True)
    longest = traitlets.Int(LONGEST_NAME, read_only=True).tag(sync=True)
    written = traitlets.Unicode(read_only=True).tag(sync=True)
    problem = traitlets.Unicode(read_only=True).tag(sync=True)
    file = traitlets.Unicode(read_only=True).tag(sync=True)
    content = traitlets.Unicode(read_only=True).tag(sync=True)
    code = traitlets.Unicode(read_only=True).tag(sync=True)
    qr = traitlets.List(traitlets.Unicode(), read_only=True).tag(sync=True)

    def __init__(self, lesson: str) -> None:
        self._lesson = read_lesson(lesson)
        super().__init__()
        self.set_trait("title", self._lesson.title)
        self.on_msg(self._asked)

    def hand_in(self, name: str = "", *, every: bool = False) -> None:
        """Write the file of this lesson, or of ``every`` one. ``name``: what the student typed, if anything."""
        try:
            done = hand_in_from(self._lesson.id, name, every=every)
        except KitError as error:
            self.set_trait("problem", str(error))
            return
        with self.hold_sync():
            self.set_trait("problem", done.problem)
            self.set_trait("written", done.told)
            self.set_trait("file", done.file.name)
            self.set_trait("content", done.content)
            self.set_trait("code", done.code)
            self.set_trait("qr", qr_rows(done.code))

    def _do(self, asked: Mapping[str, Any], buffers: Any) -> None:
        match asked:
            case {"do": "lesson" | "all" as what, "name": str(name)}:
                self.hand_in(name, every=what == "all")

    def _without_scripts(self) -> Markup:
        return static(Markup("<p>{} {}</p>").format(INVITATION, GOES if drop_folder() else STAYS))

    def __repr__(self) -> str:
        return f"HandIn({self._lesson.id!r})"


def qr_rows(code: str) -> list[str]:
    """A code as the rows of a QR code, "1" for dark, without the margin; none for nothing and for what is too long.

    >>> rows = qr_rows("BTL1-AB-END")
    >>> len(rows), rows[0][:8]
    (21, '11111110')
    """
    if not code:
        return []
    try:
        made = segno.make_qr(code, error="l")
    except segno.DataOverflowError:
        return []
    return ["".join("1" if dark else "0" for dark in row) for row in made.matrix]
