"""`kit lab`: JupyterLab on the first notebook, quiet and offline."""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Sequence
from pathlib import Path

from kit.extras import need
from kit.jupyter.lay_out import find_or_lay_out
from kit.resources import FIRST, PACKAGE

# What JupyterLab asks the network for by default, turned off: news, updates, extensions from PyPI.
OFFLINE = PACKAGE / "jupyter"
# Python falls back to these where there is no desktop; JupyterLab cannot run in them.
TEXT_BROWSERS = {"www-browser", "links", "elinks", "lynx", "w3m"}


def has_browser() -> bool:
    """Whether this machine can show JupyterLab by itself."""
    try:
        return getattr(webbrowser.get(), "name", "") not in TEXT_BROWSERS
    except webbrowser.Error:
        return False


def settings(folder: Path) -> list[str]:
    """What JupyterLab has to know for the lessons in a folder, as arguments; the environment gets the rest."""
    import zmq  # Here: JupyterLab brings it.

    own = os.environ.get("JUPYTER_CONFIG_PATH")
    os.environ["JUPYTER_CONFIG_PATH"] = f"{OFFLINE}{os.pathsep}{own}" if own else str(OFFLINE)
    os.environ.setdefault("PYTHONSTARTUP", str(OFFLINE / "startup.py"))  # for the notebooks' kernels
    arguments = [f"--ServerApp.root_dir={folder}", f"--LabApp.default_url=/lab/tree/{FIRST.as_posix()}"]
    arguments.append(f"--LabApp.extra_labextensions_path={OFFLINE / 'labextensions'}")  # A clone installs it nowhere.
    if zmq.has("curve"):  # Else the window would speak of eavesdropping whenever a notebook is opened.
        arguments.append("--KernelManager.transport_encryption=auto")
    return arguments


def lab(options: Sequence[str] = (), *, yes: bool = False) -> int:
    """Run JupyterLab on the first notebook until it is stopped; 0 is the exit status of a normal end.

    ``options`` go to JupyterLab as they are, for instance ``["--port=9000", "--no-browser"]``.
    ``yes``: where there are no lessons, lay them out without asking. Raises KitError where none are wanted or can be
    written, and where JupyterLab is not installed.
    """
    need("lab")
    arguments = settings(find_or_lay_out(yes=yes))
    arguments.append("--log-level=WARN")  # The address to open is printed all the same, and stands out.
    if not has_browser():
        arguments.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        print("You are root, which JupyterLab refuses by default: it is told to allow it (--allow-root).")
        arguments.append("--allow-root")
    print("Starting JupyterLab. Ctrl+C in this window ends it.", flush=True)
    from jupyterlab.labapp import LabApp  # Here: it takes a second.

    LabApp.launch_instance([*arguments, *options])
    return 0
