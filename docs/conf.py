"""The documentation site: `make docs` builds it. Pages are Markdown; the API comes from docstrings."""

from kit.version import __version__

project = "Between the Lines"
project_copyright = "the Between the Lines authors"
release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.apidoc"]
exclude_patterns = ["_build", "reference/rooms/modules.rst", "reference/rooms/kit.rst"]
default_role = "py:obj"  # What stands in single backticks in a docstring is code, and a link where it names something.

apidoc_modules = [
    {
        "path": "../kit",
        "destination": "reference/rooms",
        "exclude_patterns": ["../kit/__main__.py"],
        "automodule_options": {"members"},
        "module_first": True,
    }
]
autodoc_member_order = "bysource"
python_maximum_signature_line_length = 88
myst_heading_anchors = 3

html_theme = "furo"
html_title = "Between the Lines"
