"""A student's own server on a JupyterHub: `python -m kit.jupyter.hub`, in place of the command that a hub starts.

The lessons are laid out in ``between-the-lines/`` in the student's home, and renewed when the kit is. So a link such
as ``/hub/user-redirect/lab/tree/notebooks/02_who_says_so.ipynb`` opens a lesson for whoever logs in. What a hub says
by ``mem_limit`` holds for each program that the student runs, also where the hub itself can't see to it.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from kit.errors import KitError
from kit.jupyter.lab import settings
from kit.jupyter.lay_out import renew

FOLDER = "between-the-lines"  # in the student's home
PROGRAMS = 512  # with their threads: a notebook that starts programs without end stops itself and nobody else
NICE = 5  # so that the hub answers while a whole class computes


def serve() -> None:
    """Lay out the lessons and run JupyterLab for one student until the hub stops it."""
    folder = Path.home() / FOLDER
    folder.mkdir(exist_ok=True)
    os.chdir(folder)
    try:
        renew(folder)
    except (KitError, OSError) as error:  # A full disk: what is there already can still be used.
        print(error, file=sys.stderr)
    limit(int(os.environ.get("MEM_LIMIT") or 0))
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"  # for `kit`
    arguments = settings(folder)
    from jupyterhub.singleuser import main  # Here: only a hub has it.

    sys.argv[1:] = [*arguments, "--log-level=WARN", *sys.argv[1:]]
    main()


def limit(memory: int) -> None:
    """Limit this process and all that it starts. ``memory``: bytes for each of them; 0 for no limit."""
    import resource  # Here: Windows has none, and no hub either.

    os.nice(NICE)
    if memory:
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    if os.environ.get("BTL_OWN_ACCOUNT"):  # Else all students together would be counted.
        resource.setrlimit(resource.RLIMIT_NPROC, (PROGRAMS, PROGRAMS))


if __name__ == "__main__":
    serve()
