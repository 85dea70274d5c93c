"""What `kit check` says of the notebooks that it ran: a line each, what went wrong, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kit.resources import lesson_notebooks, packed
from kit.wording import plural

ADVICE = {  # by words in what went wrong
    "stops with": "A cell stops with an error: its last line says what is wrong. If the kit has changed: `make setup`.",
    "another output": "Another output: where the new one is right, store it with `kit check --fix {notebook}`; "
    "where it is not, report it as a bug.",
    "holds no output": "A tagged cell holds no output: `kit check --fix {notebook}` stores it. Or take off the tag.",
    "too long": "A cell takes too long: on a slow or busy machine, check one notebook alone (`kit check {notebook}`).",
    "its key": "An answer key does not fit: compare the question in exercises/items/ with its key in exercises/keys/.",
}
LOOK = "To look yourself, open the notebook with `kit lab` and choose Run > Restart Kernel and Run All Cells."
STOPS = " stops with an error:\n"


@dataclass
class Result:
    """What became of one notebook: cells run, outputs compared, answers tried, what went wrong.

    ``stored``: how the outputs that were stored anew differ from those before. ``lacks``: why it wasn't run.
    """

    path: Path
    cells: int = 0
    compared: int = 0
    answers: int = 0
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    stored: list[str] = field(default_factory=list)
    lacks: str = ""

    def line(self) -> str:
        if self.lacks:
            return f"not run {shown(self.path):44} {self.lacks}"
        state = "FAILED" if self.problems else "ok"
        counts = [f"{plural(self.cells, 'cell')} run"]
        counts += [f"{plural(self.compared, 'output')} compared"] if self.compared else []
        counts += [f"{plural(len(self.stored), 'output')} stored anew"] if self.stored else []
        counts += [f"{plural(self.answers, 'answer')} tried"] if self.answers else []
        return f"{state:6}  {shown(self.path):44}  {', '.join(counts)}, {self.seconds:.1f} s"


def shown(path: Path) -> str:
    """A path as short as it can be said from where you are."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def problems_of(failed: Sequence[Result]) -> Iterator[list[str]]:
    """The problems by notebook, as lines. An error that stopped an earlier notebook, too, takes one line."""
    first_seen: dict[str, str] = {}  # the notebook in which an error was shown in full, by the error's last line
    for result in failed:
        lines = [shown(result.path)]
        for problem in result.problems:
            error = problem.splitlines()[-1].strip()
            if STOPS in problem and error in first_seen:
                cell = problem.partition(STOPS)[0]
                problem = f"{cell} stops with the same error as {first_seen[error]}: {error}"
            elif STOPS in problem:
                first_seen[error] = shown(result.path)
            lines += [f"  {line}" for line in problem.splitlines()]
        yield lines


def advice(failed: Sequence[Result]) -> str:
    """What to do, for what went wrong and nothing else."""
    told = []
    for words, sentence in ADVICE.items():
        for result in failed:
            if any(words in problem for problem in result.problems):
                told.append(f"- {sentence.format(notebook=shown(result.path))}")
                break
    return "\n".join(["\nWhat to do:", *told, f"- {LOOK}"])


def damaged(path: Path) -> str:
    """The sentence for a file that holds no notebook, with the way to a fresh copy of it."""
    named = f"{path.parent.name}/{path.name}"
    fresh = lesson_notebooks().get(named)
    if fresh is None:
        way = "Take an older copy: JupyterLab keeps one in the folder .ipynb_checkpoints beside it."
    elif packed():
        way = f"A fresh copy is {fresh}: copy it over this one. Answers stay."
    elif (path.parents[1] / ".git").exists():
        way = f"For a fresh copy: git checkout -- {named}. Answers stay."
    else:
        way = f"Take {named} out of the ZIP file or the download once more. Answers stay."
    return f"This file is damaged: it does not hold a notebook. {way}"
