"""Reading and writing files: with sentences that help, whole or not at all, one writer at a time, all of it UTF-8."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import sys
import tempfile
import warnings
from collections.abc import Iterable, Iterator
from glob import escape
from itertools import count
from pathlib import Path

from kit.errors import KitError

SURROGATES = re.compile("[\ud800-\udfff]")
LOCK_FILE = ".lock"  # in a folder that `alone_in` was asked for; hidden, and empty
PATIENCE = 5.0  # seconds to wait until others have written; each takes milliseconds
NO_LOCKS = {errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK, errno.EINVAL}  # said by file systems without


def read_file(path: Path) -> str:
    """The text of a UTF-8 file, line ends kept. Raises `KitError` with a sentence that helps."""
    return decode(read_bytes(path), where=str(path))


def read_bytes(path: Path, largest: int | None = None) -> bytes:
    """What a file holds, if that is at most ``largest`` bytes. Raises `KitError` with a sentence that helps."""
    try:
        if path.is_dir():
            raise KitError(f"{path} is a folder. Name a file in it.")
        if largest is not None and path.stat().st_size > largest:
            raise KitError(f"{path} is larger than {largest // 1_000_000} MB. Put the article alone into a file.")
        return path.read_bytes()
    except FileNotFoundError:
        raise KitError(
            f"There is no file {path}. Check the name, or start the path at the folder you are in."
        ) from None
    except (OSError, ValueError) as error:
        raise KitError(f"{path} can't be read: {getattr(error, 'strerror', None) or error}.") from None


def decode(data: bytes, *, where: str) -> str:
    """UTF-8 bytes as text. ``where`` names their origin in the sentence of the `KitError`."""
    if b"\0" in data:
        raise KitError(f"{where} is not plain text. Name another file, or save this one as text (UTF-8).")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise KitError(f"{where} is not UTF-8 text (line {line}). Save it again with the encoding UTF-8.") from None
    if not text.strip():
        raise KitError(f"{where} is empty. Name another file, or save this one again.")
    return text


def write_atomically(path: Path, content: str | bytes, *, alone: bool = False) -> None:
    """Write a file so that it is there whole or not at all, whatever happens meanwhile. Text is written in UTF-8.

    ``alone``: as `alone_in` says; then nobody else is writing it, and what others who died at it left behind goes.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    if alone:
        for left in path.parent.glob(f".{escape(path.name)}.*"):
            left.unlink(missing_ok=True)
    with _written_beside(path, content.encode() if isinstance(content, str) else content) as temporary:
        temporary.replace(path)


def write_new(path: Path, data: bytes) -> None:
    """Write a file whole, never over another, whoever else writes into its folder. Raises `FileExistsError`."""
    with _written_beside(path, data) as temporary:
        path.hardlink_to(temporary)  # Unlike a move, it fails where a file of that name is.


def need_writable(output: Path, made_from: Iterable[str | Path]) -> None:
    """For a command's ``-o``: `KitError` where it would write over what it reads, or over something that is no file."""
    with _saying_where(output):
        if output.exists() and not output.is_file():
            raise KitError(f"{output} isn't a file that can be written. Name another one.")
        if output.exists() and any(Path(source).exists() and output.samefile(source) for source in made_from):
            raise KitError(f"{output} is what this is made from. Name another file.")


def write_output(output: Path, text: str) -> None:
    """For a command's ``-o``: write it whole. Raises `KitError` where that can't be."""
    with _saying_where(output):
        write_atomically(output, text)


@contextlib.contextmanager
def _saying_where(output: Path) -> Iterator[None]:
    """What goes wrong with a file that is to be written, as a sentence."""
    try:
        yield
    except OSError as error:
        raise KitError(f"{output} can't be written: {error.strerror or error}. Name another file.") from None


def from_here(path: Path) -> str:
    """A path as seen from the folder that you are in, a notebook's own; whole where it is on another drive."""
    try:
        return Path(os.path.relpath(path)).as_posix()
    except ValueError:
        return path.as_posix()


def numbered(path: Path) -> Iterator[Path]:
    """A file's name, and then the same with numbers, for the first that is free.

    >>> names = numbered(Path("Amira-K.json"))
    >>> next(names).name, next(names).name
    ('Amira-K.json', 'Amira-K_2.json')
    """
    yield path
    for number in count(2):
        yield path.with_name(f"{path.stem}_{number}{path.suffix}")


@contextlib.contextmanager
def _written_beside(path: Path, data: bytes) -> Iterator[Path]:
    """The content of a file under another, hidden name beside it; what is left of that in the end goes."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o644)  # as other files are: a teacher may read what a student saved
        yield temporary
    finally:
        with contextlib.suppress(OSError):  # It has its name by now, or the folder is gone.
            temporary.unlink()


@contextlib.contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Make this folder, and keep everybody else who asks out of it meanwhile: other notebooks, other computers.

    For a file that is read, changed and written, and for one that two may write. Don't ask again inside. False where
    there are no locks, as in a browser and on some network drives: whoever writes has to look again afterwards whether
    somebody else wrote, too. Raises OSError if the folder can't be written, or others don't finish in time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if sys.platform == "emscripten":
        yield False
        return
    from filelock import FileLock, Timeout  # Here: it takes time, and most who read a file never write one.

    lock = FileLock(folder / LOCK_FILE, timeout=PATIENCE, poll_interval=0.01)
    try:
        with warnings.catch_warnings(action="ignore"):  # that it will do with a marker where there is no flock
            lock.acquire()
    except Timeout:
        raise OSError(errno.EAGAIN, "another notebook is saving all the time") from None
    except NotImplementedError:
        held = False
    except OSError as error:
        if error.errno not in NO_LOCKS:
            raise
        held = False
    else:
        held = True
    try:
        yield held
    finally:
        if held:
            lock.release()


def replace_surrogates(text: str) -> str:
    """Text that a file or a browser takes: Python can hold halves of a character (a browser can send them), UTF-8 not.

    >>> replace_surrogates("Rain \\ud83c may come.")
    'Rain � may come.'
    """
    return SURROGATES.sub("\ufffd", text)
