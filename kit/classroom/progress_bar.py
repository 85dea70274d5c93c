"""A bar that shows how far long work is and how long it still takes, where somebody sits at the terminal."""

from __future__ import annotations

import sys

from tqdm import tqdm


def progress_bar(what: str, total: int | None = 0) -> tqdm[None]:
    """A bar on the stream for errors, where that is a terminal. ``total``: the steps of the work, if they are known."""
    return tqdm(
        desc=what,
        total=total,
        disable=not sys.stderr.isatty(),
        leave=False,
        bar_format="{desc} {bar:30} {percentage:3.0f} %, {remaining} left",
    )
