"""How much memory a student takes on a hub: `python benchmarks/hub_memory.py` (Linux; after `make hub ARGS=--help`).

A real hub on this machine with four students at once, three times: JupyterLab with a notebook that imports nothing; a
lesson that is open; a lesson of which every cell has run. Megabytes are PSS: what several programs share is divided
among them, so that students add up to what the machine needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

TESTS = Path(__file__).parents[1] / "tests"
STUDENTS = 4
LESSON = "notebooks/02_who_says_so.ipynb"
OURS = '[sys.executable, "-P", "-m", "kit.jupyter.hub"]'
BARE = '[sys.executable, "-m", "jupyterhub.singleuser"]'


def report() -> Iterator[str]:
    sys.path.insert(0, str(TESTS))
    from hub.student import Notebook

    def nothing(notebook: Notebook) -> None:
        notebook.run("1 + 1")

    def opened(notebook: Notebook) -> None:
        for cell in notebook.cells[:3]:
            notebook.run(cell)

    def worked(notebook: Notebook) -> None:
        for cell in notebook.cells:
            notebook.run(cell)

    bare = sum(measure(nothing, BARE))
    yield f"a bare JupyterLab and kernel  {bare:6.0f} MB a student"
    for what, work in (("a lesson open", opened), ("a lesson worked", worked)):
        server, kernel = measure(work, OURS)
        whole = server + kernel
        yield (
            f"{what:28}  {whole:6.0f} MB a student (server {server:.0f}, kernel {kernel:.0f}); "
            f"ours: {whole - bare:.0f} MB, {(whole - bare) / whole:.0%}"
        )


def measure(work: Callable[..., None], command: str) -> tuple[float, float]:
    """Megabytes of a student's server and kernel, with so many students at once. ``command``: what the hub starts."""
    from hub.conftest import HUB, PASSWORD, TEACHER, running_hub
    from hub.conftest import STUDENTS as NAMES
    from hub.student import Student

    with running_hub(separate=os.geteuid() == 0) as hub:
        config = hub.folder / "config.py"
        own = f"load_subconfig({str(HUB / 'jupyterhub_config.py')!r})\nimport sys\nc.Spawner.cmd = {command}\n"
        config.write_text(own)
        hub.options = ("--config", str(config))
        hub.command("--password", TEACHER, typed=f"{PASSWORD}\n")
        hub.start()
        sizes = []
        for name in NAMES[:STUDENTS]:
            student = Student(hub.root, name)
            student.arrive("/hub/user-redirect/lab")
            if command == BARE:
                student.ask("PUT", "/api/contents/bare.ipynb", {"type": "notebook", "content": EMPTY})
            with student.notebook("bare.ipynb" if command == BARE else LESSON) as notebook:
                work(notebook)
        for name in NAMES[:STUDENTS]:
            programs = {process: Path(f"/proc/{process}/cmdline").read_bytes() for process in hub.servers(name)}
            kernels = [process for process, line in programs.items() if b"ipykernel" in line]
            servers = [process for process in programs if process not in kernels]
            assert kernels, programs
            assert servers, programs
            sizes.append((sum(map(pss, servers)), sum(map(pss, kernels))))
    return sum(one for one, _ in sizes) / STUDENTS, sum(one for _, one in sizes) / STUDENTS


def pss(process: int) -> float:
    """A process's share of the memory, in megabytes."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1000
    raise ValueError(process)


EMPTY = {"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}

if __name__ == "__main__":
    for line in report():
        print(line, flush=True)
