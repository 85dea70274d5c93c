"""Finding what students handed in: every file in folders and zips, of whatever layout, and nothing that does harm.

Nothing is unpacked onto the disk, so no name in a zip can lead out of it, and no more is read of a zip than a class can
write. What can't be read is a `Problem`, a sentence; it never stops the rest.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from kit.classroom.mailbox import sent_in
from kit.wording import plural

LARGEST = 20_000_000  # bytes of one file; a whole course has some 300,000
LARGEST_UNPACKED = 1_000_000_000  # bytes of a zip and of those in it
MOST_FILES = 50_000  # in a zip
DEEPEST = 3  # zips in one another
WITH_CODES = (".txt", ".csv", ".tsv", ".html", ".htm", ".md")  # where codes may stand
MAILS = (".mbox", ".eml")
OFFICE = (".xlsx", ".ods", ".docx", ".odt")  # zips of XML, in which codes may stand
OF_THE_KIT = ("hand-in.html", "look-back.html", "in-use.txt", "class.html", "discuss.html", "points.json")
OF_THE_SYSTEM = ("__macosx", "thumbs.db", "desktop.ini")
IN_MAIL = "hand-in.txt"  # what the text of a mail is taken for
MOST_NAMED = 5  # of files that are something else


@dataclass(frozen=True)
class File:
    """A file that may hold what somebody handed in.

    ``parts``: the folders that lead to it from where the search began, those in a zip too, and its own name; ``shown``:
    all of that for a sentence. ``when``: seconds since 1970, by the disk's clock or the zip's.
    """

    shown: str
    parts: tuple[str, ...]
    data: bytes
    when: float


@dataclass(frozen=True)
class Problem:
    """What could not be used, or should be known: a sentence. ``where``: the file or the student; may be empty."""

    where: str
    sentence: str


def find_files(paths: Iterable[Path], count: Callable[[int], object] = lambda more: None) -> Iterator[File | Problem]:
    """The files in folders and zips, and a problem for each that can't be used. ``count`` hears of files to come."""
    others: list[str] = []
    for given in paths:
        yield from _in_path(given, others, count)
    if others:
        named = ", ".join(others[:MOST_NAMED])
        more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        yield Problem("", f"{plural(len(others), 'file')} of another kind left alone: {named}{more}.")


def _in_path(given: Path, others: list[str], count: Callable[[int], object]) -> Iterator[File | Problem]:
    try:
        if given.is_dir():
            found = sorted(path for path in given.rglob("*") if path.is_file() and not path.is_symlink())
        elif given.is_file():
            found = [given]
        else:
            yield Problem(str(given), "There is no such folder or file. Check the name.")
            return
    except OSError as error:
        yield Problem(str(given), f"It can't be looked into ({error.strerror or error}).")
        return
    if not found:
        yield Problem(str(given), "There is nothing in this folder.")
    count(len(found))
    for path in found:
        parts = path.relative_to(given).parts if path != given else (path.name,)
        yield from _on_disk(path, parts, others, count)


def _on_disk(
    path: Path, parts: tuple[str, ...], others: list[str], count: Callable[[int], object]
) -> Iterator[File | Problem]:
    shown = "/".join(parts)
    kind = _kind(parts)
    if kind == "other":
        others.append(shown)
    if kind in ("other", ""):
        return
    try:
        status = path.stat()
        if kind == "zip":
            with path.open("rb") as opened:
                yield from _in_zip(opened, shown, (*parts[:-1], path.stem), others, count, _Budget(), 1)
        elif status.st_size > LARGEST:
            yield Problem(shown, _too_large())
        else:
            yield from _read(path.read_bytes(), shown, parts, status.st_mtime, kind)
    except OSError as error:
        yield Problem(shown, f"It can't be read ({error.strerror or error}).")


class _Budget:
    """What may still be unpacked of a zip, and of those in it."""

    def __init__(self) -> None:
        self.left = LARGEST_UNPACKED


def _in_zip(
    opened: io.BufferedIOBase | io.BytesIO,
    shown: str,
    parts: tuple[str, ...],
    others: list[str],
    count: Callable[[int], object],
    budget: _Budget,
    depth: int,
) -> Iterator[File | Problem]:
    try:
        archive = zipfile.ZipFile(opened)
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        yield Problem(shown, "The zip is damaged. Download it again.")
        return
    if len(entries) > MOST_FILES:
        yield Problem(shown, f"The zip holds {len(entries):,} files: no class's does. It was left alone.")
        return
    count(len(entries))
    for entry in entries:
        inner = tuple(
            part for part in PurePosixPath(entry.filename.replace("\\", "/")).parts if part not in ("..", "/", ".")
        )
        place = (*parts, *inner)
        name = f"{shown} › {'/'.join(inner)}"
        kind = _kind(inner)
        if kind == "other":
            others.append(name)
        if kind in ("other", ""):
            continue
        if entry.flag_bits & 1:
            yield Problem(name, "It is locked with a password. Ask for it without one.")
        elif entry.file_size > LARGEST and kind != "zip":
            yield Problem(name, _too_large())
        else:
            data = _unpack(archive, entry, min(budget.left, LARGEST_UNPACKED if kind == "zip" else LARGEST))
            if isinstance(data, str):
                yield Problem(name, data)
                continue
            budget.left -= len(data)
            if kind != "zip":
                yield from _read(data, name, place, _when(entry), kind)
            elif depth < DEEPEST:
                stem = PurePosixPath(inner[-1]).stem
                inside = (*place[:-1], stem)
                yield from _in_zip(io.BytesIO(data), name, inside, others, count, budget, depth + 1)
            else:
                yield Problem(name, "A zip in a zip in a zip: unpack it first.")


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes | str:
    """What an entry holds; a sentence if that is damaged or more than ``most`` bytes, whatever the zip says."""
    try:
        with archive.open(entry) as opened:
            data = opened.read(most + 1)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, EOFError, RuntimeError):
        return "It is damaged in the zip. Download it again."
    return _too_large() if len(data) > most else data


def _read(data: bytes, shown: str, parts: tuple[str, ...], when: float, kind: str) -> Iterator[File | Problem]:
    if kind == "mails":
        yield from _in_mails(data, shown, parts, when)
        return
    if kind != "office":
        yield File(shown, parts, data, when)
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            texts, left = [], LARGEST
            for entry in archive.infolist()[:MOST_FILES]:
                if entry.filename.endswith(".xml"):
                    text = _unpack(archive, entry, left)
                    if isinstance(text, str):
                        yield Problem(shown, text)
                        return
                    texts.append(text)
                    left -= len(text)
        yield File(shown, parts, b"\n".join(texts), when)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        yield Problem(shown, "It is damaged. Save it again.")


def _in_mails(data: bytes, shown: str, parts: tuple[str, ...], when: float) -> Iterator[File | Problem]:
    """What was sent in mails, each as if it lay in a folder with its sender's name."""
    for sent in sent_in(data):
        inner = PurePosixPath((sent.name or IN_MAIL).replace("\\", "/")).name
        kind = _kind((inner,))
        if kind in ("json", "codes", "office") and len(sent.data) <= LARGEST:
            name = f"{shown} › {sent.sender or 'unknown'}{f': {inner}' if sent.name else ''}"
            yield from _read(sent.data, name, (*parts[:-1], sent.sender or IN_MAIL, inner), when, kind)


def _kind(parts: tuple[str, ...]) -> str:
    """json, codes, mails, zip, office, other; empty for what needs no word."""
    name = parts[-1].lower() if parts else ""
    hidden = any(part.startswith(".") or part.lower() in OF_THE_SYSTEM for part in parts)
    if hidden or not name or name in OF_THE_KIT or ".broken-" in name:
        return ""
    if name.endswith(".json"):
        return "json"
    if name.endswith(WITH_CODES):
        return "codes"
    if name.endswith(MAILS):
        return "mails"
    if name.endswith(".zip"):
        return "zip"
    return "office" if name.endswith(OFFICE) else "other"


def _when(entry: zipfile.ZipInfo) -> float:
    try:
        return datetime(*entry.date_time).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _too_large() -> str:
    return f"It has more than {LARGEST // 1_000_000} MB: nothing that the kit hands in does. It was left alone."
