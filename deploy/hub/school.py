"""What a school decides, hub.toml and the class list: read, and checked."""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from kit.errors import KitError

HERE = Path(__file__).parent
PROXY = HERE / "node_modules" / ".bin" / "configurable-http-proxy"
SHORTEST = 7  # characters of a password
SETTINGS = "BTL_HUB"  # the environment variable that names the settings' file for jupyterhub_config.py
NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
KINDS = {
    "address": str,
    "port": int,
    "certificate": str,
    "key": str,
    "class": str,
    "teachers": list,
    "folder": str,
    "idle_minutes": int,
    "memory": str,
    "at_once": int,
}


@dataclass(frozen=True)
class School:
    """The settings, with paths made whole. ``separate``: each student has an account of this machine."""

    address: str
    port: int
    certificate: str
    key: str
    students: tuple[str, ...]
    teachers: tuple[str, ...]
    folder: Path
    idle_minutes: int
    memory: str
    at_once: int
    separate: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Who may log in."""
        return tuple(dict.fromkeys((*self.teachers, *self.students)))

    @property
    def hub(self) -> Path:
        """The hub's own memory: who is logged in, passwords (hashed), keys of its cookies."""
        return self.folder / "hub"

    @property
    def passwords(self) -> Path:
        """The file of hashed passwords, as `dbm` has it."""
        return self.hub / "passwords.dbm"

    @property
    def database(self) -> Path:
        """JupyterHub's database: who has a server, and when somebody was last there."""
        return self.hub / "jupyterhub.sqlite"

    @property
    def proxy_pid(self) -> Path:
        """The process number of the proxy. JupyterHub ends what has it: forgotten when root's machine starts anew."""
        return Path(f"/run/between-the-lines-{self.port}.pid") if self.separate else self.hub / "proxy.pid"

    @property
    def drop(self) -> Path:
        """What was handed in, in a folder for each student: `kit class` and `kit discuss` read it."""
        return self.folder / "handed-in"

    def drop_of(self, name: str) -> Path:
        """Where a student's hand-ins go. The folder's name vouches for whose they are (kit/classroom/owners.py)."""
        return self.drop / f"{name}@hub"

    def home_of(self, name: str) -> Path:
        """Where a student's lessons and answers are."""
        return self.folder / "homes" / name


def read_school(path: Path, *, separate: bool) -> School:
    """The settings in a file and the class list that it names. Raises `KitError` at the first that can't be used."""
    try:
        given = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"The hub's settings, {path}, can't be read ({error}).") from None
    except tomllib.TOMLDecodeError as error:
        raise KitError(f"{path} isn't TOML: {error}.") from None
    for name, kind in KINDS.items():
        if type(given.get(name)) is not kind:
            raise KitError(f"{path}: `{name}` is missing or of another kind than in {HERE / 'hub.toml'}.")
    if unknown := sorted(set(given) - set(KINDS)):
        raise KitError(f"{path}: there is no setting `{unknown[0]}`. {HERE / 'hub.toml'} has them all.")
    if not re.fullmatch(r"\d+[KMGT]?", given["memory"]):
        raise KitError(f'{path}: `memory` is a number with K, M or G, such as "1G", not {given["memory"]!r}.')
    if bool(given["certificate"]) != bool(given["key"]):
        raise KitError(f"{path}: https needs both `certificate` and `key`.")
    teachers = tuple(str(name) for name in given["teachers"])
    for name in teachers:
        check_name(name, f"{path}, teachers")
    return School(
        address=given["address"],
        port=given["port"],
        certificate=given["certificate"] and str(path.parent / given["certificate"]),
        key=given["key"] and str(path.parent / given["key"]),
        students=read_class(path.parent / given["class"]),
        teachers=teachers,
        folder=(path.parent / given["folder"]).resolve(),
        idle_minutes=given["idle_minutes"],
        memory=given["memory"],
        at_once=given["at_once"],
        separate=separate,
    )


def read_class(path: Path) -> tuple[str, ...]:
    """The names in a class list, one a line; after # anything may stand. Raises `KitError` with the line."""
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except FileNotFoundError:
        raise KitError(f"There is no class list {path}. Write one: a name a line, in small letters.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise KitError(f"The class list {path} can't be read ({error}). Save it as plain text (UTF-8).") from None
    names: list[str] = []
    for number, line in enumerate(lines, 1):
        if not (name := line.partition("#")[0].strip()):
            continue
        check_name(name, f"{path}, line {number}")
        if name in names:
            raise KitError(f"{path}, line {number}: {name} is there twice. Give one of them another name.")
        names.append(name)
    if not names:
        raise KitError(f"Nobody is in the class list {path}. Write a name a line, in small letters.")
    return tuple(names)


def check_name(name: str, where: str) -> None:
    """Raise `KitError` for a name that can't be one to log in with."""
    if not NAME.fullmatch(name):
        raise KitError(f"{where}: “{name}” can't be used. Small letters a to z, digits, hyphens; at most 31 of them.")


def from_environment() -> School:
    """The settings for jupyterhub_config.py, which `start.py` has checked."""
    path = Path(os.environ.get(SETTINGS) or HERE / "hub.toml")
    return read_school(path, separate=os.geteuid() == 0)
