"""The one exception that people see: a sentence or two that say what is wrong, where, and what to do."""


class KitError(Exception):
    """Something a person can put right. Its message is shown as it is, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in a notebook instead of a traceback."""
        return [str(self)]
