"""Run first in each notebook that `kit lab` opens: a cell that was skipped gets a sentence, not a traceback."""

from IPython import get_ipython


def _say_skipped(shell, kind, error, trace, tb_offset=None):  # type: ignore[no-untyped-def]
    """What IPython does at a name that is not there. One that is missing inside a module is an error as any other."""
    last = trace
    while last.tb_next:
        last = last.tb_next
    if kind is NameError and last.tb_frame.f_globals is shell.user_ns:
        error._render_traceback_ = lambda: [
            f"“{error.name}” is not there yet: a cell above has not been run, or the name is misspelled. "
            "Choose Run > Run All Above Selected Cell, then run this cell again."
        ]
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


if shell := get_ipython():  # None in a terminal's Python
    shell.set_custom_exc((NameError,), _say_skipped)
del get_ipython, shell, _say_skipped  # They would be names of the notebook's own.
