"""`kit lab`: JupyterLab on the first notebook, quiet and offline."""

from __future__ import annotations

import os
import sys
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from kit.errors import KitError

FIRST = Path("notebooks/00_start_here.ipynb")
# Nothing is fetched while people learn: no news, no update checks, no list of extensions from PyPI.
# Warnings and the address to open are printed, the rest of the server's log is not.
SETTINGS = (
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.handlers.announcements.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
    "--log-level=WARN",
)
# Python falls back to these where there is no desktop; JupyterLab cannot run in them.
TEXT_BROWSERS = {"www-browser", "links", "elinks", "lynx", "w3m"}


def lesson_folder() -> Path:
    """The folder that holds ``notebooks/``: where you are, or else the clone that the kit runs from.

    Raises KitError where neither has the first notebook.
    """
    for folder in (Path.cwd(), Path(__file__).parents[1]):
        if (folder / FIRST).is_file():
            return folder
    raise KitError(f"There is no {FIRST} in {Path.cwd()}. Change to your copy of Between the Lines first.")


def has_browser() -> bool:
    """Whether this machine can show JupyterLab by itself."""
    try:
        return getattr(webbrowser.get(), "name", "") not in TEXT_BROWSERS
    except webbrowser.Error:
        return False


def lab(options: Sequence[str] = ()) -> int:
    """Run JupyterLab on the first notebook until it is stopped; 0 is the exit status of a normal end.

    ``options`` go to JupyterLab as they are, for instance ``["--port=9000", "--no-browser"]``.
    Raises KitError where there is no first notebook.
    """
    folder = lesson_folder()
    page = f"/lab/tree/{FIRST.as_posix()}"
    arguments = [*SETTINGS, f"--ServerApp.root_dir={folder}", f"--LabApp.default_url={page}"]
    if not has_browser():
        arguments.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        print("You are root, which JupyterLab refuses by default: it is told to allow it (--allow-root).")
        arguments.append("--allow-root")
    print("Starting JupyterLab. Ctrl+C in this window ends it.")
    sys.stdout.flush()
    from jupyterlab.labapp import LabApp  # Here: it takes a second to import.

    LabApp.launch_instance([*arguments, *options])
    return 0
