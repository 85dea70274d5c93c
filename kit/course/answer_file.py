"""The file that holds a lesson's answers: how it is read, written whole, and shared by two notebooks."""

from __future__ import annotations

import contextlib
import errno
import json
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kit.errors import KitError
from kit.files import alone_in, replace_surrogates, write_atomically
from kit.readings.reading import SCHEMA, Reading
from kit.text.article import Article


class AnswerFile:
    """A reading of one article in a file, and all that can be wrong with it.

    Nothing here raises an exception for a file that is missing, broken, foreign or read-only: `message` says so. A file
    that can't be used is set aside when the first change is written, never overwritten.
    """

    def __init__(self, path: Path, article: Article) -> None:
        self.path = path
        self.article = article
        self.held: Any = None  # what it held when it was last read, as JSON; None if it could not be read
        self.refused = ""  # why the last change could not be saved
        self.vanished = False  # whether the folder is no longer there that held it when it was last read
        self._unreadable = ""  # why it can't be read now, though it may be as good as ever: a drive that is away
        self._unusable = ""  # why the file that is there can't be used
        self._aside = ""  # the name under which a file that could not be used is kept
        self.alone: bool | None = None  # whether nobody else can write now; None: nor can we

    @property
    def message(self) -> str:
        """One sentence for the student if something is wrong with the file, else empty."""
        if self.refused:
            return (
                f"Can't be saved in {self.shown} ({self.refused}): the kit goes on trying, and until it can, "
                "your answers last only as long as this notebook is open."
            )
        if self._unreadable:
            return (
                f"The file {self.shown} can't be read ({self._unreadable}): the kit leaves it alone and goes on trying."
            )
        if self._unusable:
            return (
                f"The file {self.shown} can't be used because {self._unusable}: you start afresh, "
                f"and it is kept as {self._free_name().name}."
            )
        return f"Earlier answers that could not be used are kept as {self._aside}." if self._aside else ""

    @property
    def shown(self) -> str:
        """The file as students see it."""
        return f"{self.path.parent.name}/{self.path.name}"

    @contextlib.contextmanager
    def taken(self) -> Iterator[None]:
        """Read it, change it and `write` it in here: nobody else writes it meanwhile."""
        self.vanished = self._has_vanished()
        with contextlib.ExitStack() as until:
            try:
                self.alone = until.enter_context(alone_in(self.path.parent))
            except OSError as error:
                self._refuse(error)
            try:
                yield
            finally:
                self.alone = None

    def read(self) -> Reading | None:
        """What the file holds; an empty reading if there is none that can be used. None if it can't be looked into at
        all, or its folder has `vanished`: then it is best to keep what one has.
        """
        self.vanished = self._has_vanished() or (self.vanished and self.alone is not None)
        self.held, self._unreadable, self._unusable = None, "", ""
        try:
            self.held = data = json.loads(self.path.read_bytes())
            if not isinstance(data, dict) or data.get("schema") != SCHEMA:
                self._unusable = "another version of the kit made it"
            elif data["article"]["sha256"] != self.article.sha256:
                self._unusable = "it belongs to another text"
            else:
                return Reading.from_dict(data, self.article)
        except (FileNotFoundError, NotADirectoryError):
            return None if self.vanished else Reading(self.article, "")
        except (IsADirectoryError, PermissionError) as error:
            self._unusable = f"it can't be read ({error.strerror})"
        except OSError as error:
            self._unreadable = error.strerror or str(error)
            return None
        except (ValueError, RecursionError, LookupError, TypeError, KitError):
            self._unusable = "it is damaged"
        return Reading(self.article, "")

    def write(self, reading: Reading) -> bool:
        """Write it whole, while it is `taken`; False if that can't be, see `refused`."""
        if self.alone is None:
            return False
        try:
            if self._unreadable:
                raise OSError(errno.EIO, self._unreadable)
            if self._unusable:
                aside = self._free_name()
                self.path.rename(aside)
                self._unusable, self._aside = "", aside.name
            elif self.path.exists() and not self.path.stat().st_mode & stat.S_IWUSR:
                raise PermissionError(errno.EACCES, "the file is read-only")
            write_atomically(self.path, replace_surrogates(reading.to_json()), alone=self.alone)
        except OSError as error:
            self._refuse(error)
            return False
        self.refused = ""
        return True

    def _has_vanished(self) -> bool:
        return self.held is not None and not self.path.parent.is_dir()

    def _refuse(self, error: OSError) -> None:
        self.refused = error.strerror or str(error)

    def _free_name(self) -> Path:
        """A free name for a file that can't be used."""
        number = 1
        with contextlib.suppress(OSError):  # The folder can't be looked into.
            while (path := self.path.with_name(f"{self.path.stem}.broken-{number}.json")).exists():
                number += 1
        return path
