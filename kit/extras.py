"""Packages that only a part of the kit needs: which they are, and the command that brings them."""

from __future__ import annotations

import sys
from importlib.util import find_spec

from kit.errors import KitError

# Each extra of pyproject.toml: what people call it, and the modules that must be there.
EXTRAS = {
    "lab": ("JupyterLab", ("jupyterlab",)),
    "sources": ("the readers for web pages, PDF and RTF", ("lxml", "pdfminer", "striprtf")),
    "check": ("nbval", ("nbval", "nbclient", "nbformat")),
    "strong": ("onnxruntime", ("onnxruntime", "numpy")),
    "corpus": ("Apache Arrow", ("pyarrow",)),
}


def need(extra: str) -> None:
    """Make sure that an extra is installed, before anything of it is imported, and that importing it is quick.

    Raises `KitError`, with the command that brings it, where a package of it is missing.

    >>> need("lab")
    """
    called, modules = EXTRAS[extra]
    if any(find_spec(module) is None for module in modules):
        raise KitError(f'This needs {called}: pip install "between-the-lines[{extra}]"')
    # Jupyter brings it to jsonschema as an option, and importing it takes longer than all else together: grammars of
    # international web addresses, which no schema here asks for. jsonschema does without where it can't be imported.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
