"""How JupyterLab reads a notebook from disk: without the views of widgets whose kernel has ended."""

from __future__ import annotations

from typing import Any

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


class Contents(AsyncLargeFileManager):
    """Jupyter's own files, but for notebooks whose widgets no running kernel knows.

    A widget lives in its kernel. In a notebook from an earlier day JupyterLab would show "model not found" in the place
    of each; without the view it shows the text that every widget of the kit leaves beside it. A page that is loaded
    again while the kernel runs keeps its widgets. The file itself stays as it is until it is saved.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._without_kernel: dict[str, Any] = {}  # path -> when the file was last saved that was read without a kernel

    async def get(self, path: str, *args: Any, **options: Any) -> dict[str, Any]:
        """What stands at this path, as Jupyter's contents service has it."""
        model: dict[str, Any] = await super().get(path, *args, **options)  # type: ignore[no-untyped-call]
        if model["type"] == "notebook" and model["content"] and not await self._has_its_kernel(model):
            without_views(model["content"])
        return model

    async def _has_its_kernel(self, model: dict[str, Any]) -> bool:
        """Whether the kernel that a file's widgets live in runs. One that was started later does not know them."""
        server: Any = self.parent
        path, saved = model["path"], model["last_modified"]
        sessions = await server.session_manager.list_sessions()
        if not any(session["path"] == path for session in sessions):
            self._without_kernel[path] = saved
        return bool(self._without_kernel.get(path) != saved)


def without_views(notebook: dict[str, Any]) -> None:
    """Take the views of widgets out of a notebook's outputs; what else an output holds stays.

    >>> output = {"data": {WIDGET_VIEW: {"model_id": "1"}, "text/html": "<p>A question</p>"}}
    >>> without_views({"cells": [{"outputs": [output]}, {"cell_type": "markdown"}]})
    >>> output
    {'data': {'text/html': '<p>A question</p>'}}
    """
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            output.get("data", {}).pop(WIDGET_VIEW, None)
