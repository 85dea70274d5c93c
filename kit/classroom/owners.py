"""Whose a file is: by the name typed in it, and by what Moodle, Canvas, Teams, Google Classroom and a hub call it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import count
from typing import NamedTuple

from kit.course.lesson_files import lessons

LONGEST_NAME = 80
MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)")
CANVAS = re.compile(r"(?P<name>[^\W\d_]+)(?:_LATE)?_(?P<id>\d+)_\d+_(?P<file>.+)", re.IGNORECASE)
HUB = re.compile(r"(?P<id>[a-z][a-z0-9-]*)@hub")  # a folder that deploy/hub makes: nobody else can write into it
TEAMS = ("submitted files", "working files")
TEAMS_VERSION = re.compile(r"version (\d+)", re.IGNORECASE)
AGAIN = re.compile(r"(?:[ _-]?\((\d+)\)|[-_](\d+))$")  # "hand-in(1)", "Amira-K_2": handed in, or downloaded, again
GENERIC = {"answers", "handed-in", "hand-in", "hand-ins", "no-name", "submissions", "downloads", "work"}
PERSON_FOLDER = re.compile(r"person-\d+")
BIRDS = """
Avocet Bittern Brambling Bunting Buzzard Chough Coot Crake Crane Curlew Dipper Dotterel Dunlin Egret Eider Falcon
Fieldfare Finch Fulmar Gadwall Gannet Garganey Godwit Goldeneye Goosander Goshawk Grebe Guillemot Harrier Heron Hobby
Hoopoe Ibis Jackdaw Jay Kestrel Kingfisher Kite Kittiwake Knot Lapwing Linnet Magpie Mallard Martin Merlin Moorhen
Nightjar Nuthatch Oriole Osprey Ouzel Owl Petrel Pintail Pipit Plover Pochard Puffin Quail Raven Redpoll Redshank
Redstart Robin Rook Ruff Sanderling Scaup Scoter Serin Shearwater Shrike Siskin Skua Skylark Smew Snipe Spoonbill
Starling Stilt Stonechat Stork Swallow Swan Swift Teal Tern Thrush Treecreeper Turnstone Twite Wagtail Warbler
Waxwing Wheatear Whimbrel Whinchat Wigeon Woodcock Woodpecker Wren Wryneck Yellowhammer
"""


class Owner(NamedTuple):
    """Whose a file is. ``key``: the same for all files of one person; ``known``: a platform vouches for it.

    ``name``: as a class list may have it; empty if nothing tells. ``version``: which of several of theirs it is.
    """

    key: str
    name: str
    known: bool = False
    version: int = 0


def owner_of(parts: tuple[str, ...], typed: str) -> Owner:
    """Whose a file is, from the folders and the name that lead to it and the name typed in it.

    >>> owner_of(("Amira Khan_4711_assignsubmission_file_", "hand-in.json"), "")
    Owner(key='moodle 4711', name='Amira Khan', known=True, version=0)
    >>> owner_of(("khanamira_LATE_12_345_hand-in-1.json",), "Amira").name, owner_of(("Ben", "hand-in.json"), "").name
    ('Amira', 'Ben')
    >>> owner_of(("02_who_says_so_Amira-K.json",), "").name
    'Amira K'
    >>> owner_of(("amira@hub", "02_who_says_so_Ben.json"), "Ben").key  # whatever name was typed
    'hub amira'
    """
    typed = clean(typed)
    version = _version(parts)
    for part in parts:
        if found := MOODLE.fullmatch(part):
            return Owner(f"moodle {found['id']}", clean(found["name"]), True, _version((found["file"] or parts[-1],)))
    folders = [part.lower() for part in parts[:-1]]
    for at, folder in enumerate(folders[:-1]):
        if folder in TEAMS:
            name = clean(parts[at + 1])
            return Owner(f"teams {normal(name)}", name, True, version)
    for found in filter(None, map(HUB.fullmatch, parts[:-1])):
        return Owner(f"hub {found['id']}", typed or found["id"], True, version)
    if found := CANVAS.fullmatch(parts[-1]):
        return Owner(f"canvas {found['id']}", typed or clean(found["name"]), True, _version((found["file"],)))
    name = typed or _from_path(parts)
    return Owner(f"name {normal(name)}" if normal(name) else f"file {'/'.join(parts)}", name, False, version)


def _from_path(parts: tuple[str, ...]) -> str:
    """A name from a file's own name, or from the folder it is in; empty if neither tells one."""
    stem = AGAIN.sub("", parts[-1].rpartition(".")[0])
    for lesson in (*lessons(), "all_lessons", "hand-in"):
        if stem.startswith(lesson):
            stem = stem.removeprefix(lesson).strip("_- .")
            break
    who, dash, _ = stem.partition(" - ")  # Google Classroom puts the name first
    stem = clean((who if dash else stem).replace("-", " ").replace("_", " "))
    if stem and stem.lower().replace(" ", "-") not in GENERIC:
        return stem
    for folder in reversed(parts[:-1]):
        if folder.lower() not in GENERIC and not PERSON_FOLDER.fullmatch(folder):
            return clean(folder)
    return ""


def _version(parts: tuple[str, ...]) -> int:
    for part in parts[:-1]:
        if found := TEAMS_VERSION.fullmatch(part):
            return int(found[1][:6])
    found = AGAIN.search(parts[-1].rpartition(".")[0])
    return int((found[1] or found[2])[:6]) if found else 0


def clean(name: str) -> str:
    """A name on one line, without characters that can't be seen or that turn the writing round.

    >>> clean(" Amira \\u202e K\\n")
    'Amira K'
    """
    visible = "".join(" " if unicodedata.category(one).startswith(("C", "Z")) else one for one in str(name))
    return unicodedata.normalize("NFC", " ".join(visible.split()))[:LONGEST_NAME]


def normal(name: str) -> str:
    """A name as it is compared: without accents, case and order.

    >>> normal("Khan, Amíra") == normal("amira KHAN")
    True
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(one for one in plain if not unicodedata.combining(one))
    return " ".join(sorted(re.findall(r"\w+", plain)))


def short_key(key: str) -> str:
    """A person's key for files: always the same, and no name.

    >>> short_key("name amira k")
    'bd3ca2d3fc'
    """
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:10]


def pseudonyms(keys: Iterable[str]) -> dict[str, str]:
    """A bird for each person, the same whenever the same people hand in; with a number where all birds are taken.

    >>> len(set(pseudonyms(str(number) for number in range(300)).values()))
    300
    """
    taken: dict[str, str] = {}
    birds = BIRDS.split()
    for key in sorted(set(keys), key=short_key):
        start = int(short_key(key), 16) % len(birds)
        names = (_bird(birds, start + step, step // len(birds)) for step in count())
        taken[next(name for name in names if name not in taken)] = key
    return {key: name for name, key in taken.items()}


def _bird(birds: Sequence[str], number: int, lap: int) -> str:
    bird = birds[number % len(birds)]
    return f"{bird} {lap + 1}" if lap else bird
