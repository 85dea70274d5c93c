"""The documentation site: `make docs` builds it. Pages are Markdown; the API comes from docstrings."""

import os

from ipywidgets import Widget
from sphinx.util.inspect import signature, stringify_signature

from kit.version import __version__

project = "Between the Lines"
project_copyright = "the Between the Lines authors"
release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.apidoc"]
exclude_patterns = ["_build", "reference/rooms/modules.rst", "reference/rooms/kit.rst"]
default_role = "py:obj"  # What stands in single backticks in a docstring is code, and a link where it names something.
smartquotes = False  # We write “ and ” where we mean them.
myst_heading_anchors = 3

# A page for each room, made anew each time. What lies in kit/ itself is shown by reference/rooms.md.
apidoc_modules = [{"path": "../kit", "destination": "reference/rooms", "exclude_patterns": ["../kit/__main__.py"]}]
apidoc_module_first = True
os.environ["SPHINX_APIDOC_OPTIONS"] = "members"  # Sphinx 9.0 forgets `apidoc_automodule_options` for folders.
autodoc_member_order = "bysource"
python_maximum_signature_line_length = 88

html_theme = "furo"
html_title = "Between the Lines"
html_copy_source = False


def plain_signature(app, what, name, thing, options, arguments, returns):
    """A class's arguments as one writes them."""
    if what == "class" and issubclass(thing, Widget):  # traitlets shows those of its own __new__
        own = signature(thing.__init__, bound_method=True)
        return stringify_signature(own, show_return_annotation=False, unqualified_typehints=True), ""
    if arguments and "<factory>" in arguments:  # what a dataclass says of a default that is made anew for each object
        return arguments.replace("<factory>", "..."), returns
    return None


def setup(app):
    app.connect("autodoc-process-signature", plain_signature)
