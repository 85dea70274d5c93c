"""A bar that shows how far long work is and how long it still takes, where somebody sits at the terminal."""

from __future__ import annotations

import sys

from tqdm import tqdm


def progress_bar(what: str, total: int | None = 0, *, counted: str = "") -> tqdm[None]:
    """A bar on the stream for errors, where that is a terminal. ``total``: the steps of the work, if they are known.
    ``counted``: what the steps are ("articles"): the bar then says how many are done, and how many a second.
    """
    counts = f"{{n:,}} of {{total:,}} {counted}, {{rate_noinv_fmt}}, " if counted else ""
    return tqdm(
        desc=what,
        total=total,
        disable=not sys.stderr.isatty(),
        leave=False,
        unit=f" {counted}",
        bar_format=f"{{desc}} {{bar:30}} {{percentage:3.0f}} %, {counts}{{remaining}} left",
    )
