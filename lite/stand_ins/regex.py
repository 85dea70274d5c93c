"""A stand-in for the package `regex`, for test sites: the standard library's `re`, as far as NLTK needs it."""

import re
from re import *  # noqa: F403

V0 = VERSION0 = V1 = VERSION1 = 0
DEFAULT_VERSION = V0
KNOWN = re.A | re.I | re.M | re.S | re.U | re.X
ONLY_REGEX = ("timeout", "concurrent", "partial", "overlapped")
CLASSES = {r"\p{L}\p{N}": r"\w", r"\p{L}": "a-zA-Z\u00aa-\u024f", r"\p{N}": r"\d"}
CLASSES[r"\p{Default_Ignorable_Code_Point}"] = (
    "\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\ufe00-\ufe0f\ufeff"
)


def plain(options):
    return {name: value for name, value in options.items() if name not in ONLY_REGEX}


class Pattern:
    """A compiled pattern whose methods take the options of `regex`."""

    def __init__(self, pattern):
        self._pattern = pattern

    def __getattr__(self, name):
        found = getattr(self._pattern, name)
        return (lambda *given, **options: found(*given, **plain(options))) if callable(found) else found

    def __reduce__(self):
        return compile, (self._pattern.pattern, self._pattern.flags)


Regex = Pattern


def compile(pattern, flags=0, **options):  # noqa: A001
    if isinstance(pattern, Pattern):
        return pattern
    if isinstance(pattern, str):
        for theirs, ours in CLASSES.items():
            pattern = pattern.replace(theirs, ours)
    return Pattern(pattern if isinstance(pattern, re.Pattern) else re.compile(pattern, int(flags) & KNOWN))


def _function(name):
    return lambda pattern, *given, flags=0, **options: getattr(compile(pattern, flags), name)(*given, **options)


for _name in ("search", "match", "fullmatch", "findall", "finditer", "split", "sub", "subn"):
    globals()[_name] = _function(_name)
