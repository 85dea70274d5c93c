"""`make hub`: check what a school has decided, say where the class finds its lessons, and start JupyterHub."""

from __future__ import annotations

import argparse
import getpass
import os
import shutil
import socket
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from accounts import forget, has_password, prepare, set_password
from school import HERE, PROXY, SETTINGS, SHORTEST, School, check_name, read_school

from kit.errors import KitError
from kit.resources import PACKAGE, lesson_notebooks

KEYS = HERE.parents[1] / "exercises" / "keys"


def main(arguments: Sequence[str] | None = None) -> int:
    """What the command line asks for; the exit status."""
    parser = argparse.ArgumentParser(prog="make hub", description=__doc__)
    parser.add_argument("--settings", type=Path, default=HERE / "hub.toml", metavar="FILE", help="instead of hub.toml")
    config = HERE / "jupyterhub_config.py"
    parser.add_argument("--config", type=Path, default=config, metavar="FILE", help="your own, to begin with ours")
    parser.add_argument("--password", metavar="NAME", help="set somebody's password, and start nothing")
    parser.add_argument("--reset", metavar="NAME", help="who logs in next under this name chooses a password anew")
    parser.add_argument("--forget", metavar="NAME", help="delete all that is kept of somebody; asks first")
    asked = parser.parse_args(arguments)
    try:
        if not hasattr(os, "geteuid"):
            raise KitError("JupyterHub doesn't run on Windows. It needs a Linux machine.")
        school = read_school(asked.settings.resolve(), separate=os.geteuid() == 0)
        if asked.password:
            check_name(asked.password, "--password")
            _ask_password(school, asked.password)
        elif asked.reset:
            set_password(school, asked.reset, None)
            print(f"{asked.reset} chooses a password at the next log-in. Start the hub again.")
        elif asked.forget:
            _forget(school, asked.forget)
        else:
            _start(school, asked.settings.resolve(), asked.config.resolve())
    except KitError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _start(school: School, settings: Path, config: Path) -> None:
    check_machine(school)
    told = prepare(school)
    for name in school.teachers:
        if not has_password(school, name):
            raise KitError(
                f"{name} can read what everybody hands in, so set the password before anybody else does: "
                f"make hub ARGS='--password {name}'"
            )
    for sentence in (*told, *where(school), *warnings(school)):
        print(sentence, flush=True)
    os.environ[SETTINGS] = str(settings)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    os.umask(0o022)
    os.execv(sys.executable, [sys.executable, "-P", "-m", "jupyterhub", "--config", str(config)])


def check_machine(school: School) -> None:
    """Raise `KitError` for what would stop the hub later, in a place where nobody understands it."""
    if not PROXY.exists() or shutil.which("node") is None:
        raise KitError("The hub's proxy is missing: it needs Node (https://nodejs.org), and `make hub` then brings it.")
    here = "127.0.0.1"
    needed = [(here, school.port + 2)]
    if not is_running(school.proxy_pid):  # Left by a hub that was cut off: JupyterHub ends it by itself.
        needed += [(school.address, school.port), (here, school.port + 1)]
    for address, port in needed:
        with socket.socket() as trying:
            trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trying.bind((address, port))
            except OSError as error:
                raise KitError(
                    f"Port {port} of {address} can't be used ({error.strerror or error}). Does the hub run already? "
                    "Else name another `port` in the settings: that one and the two after it must be free."
                ) from None
    for path in filter(None, (school.certificate, school.key)):
        if not os.access(path, os.R_OK):
            raise KitError(f"The file for https, {path}, isn't there or can't be read.")
    if school.separate:
        for place in (Path(sys.executable), Path(sys.executable).resolve(), PACKAGE, school.folder / "homes"):
            if closed := closed_folder(place):
                raise KitError(
                    f"Students' accounts can't get to {place}: {closed} is closed to them. "
                    "Move the project to /opt, or name another `folder`."
                )
        if KEYS.is_dir():
            KEYS.chmod(0o700)  # The answer keys are the teachers'.


def is_running(pid_file: Path) -> bool:
    """Whether the process runs whose number is in a file."""
    try:
        os.kill(int(pid_file.read_text()), 0)
    except (OSError, ValueError):
        return False
    return True


def closed_folder(place: Path) -> Path | None:
    """The first folder on the way to a place that other accounts may not pass; None if there is none."""
    for folder in reversed(place.parents):
        if folder.exists() and not folder.stat().st_mode & stat.S_IXOTH:
            return folder
    return None


def where(school: School) -> list[str]:
    """Where the class finds its lessons."""
    host = socket.gethostname() if school.address in ("", "0.0.0.0", "::") else school.address
    root = f"{'https' if school.certificate else 'http'}://{host}:{school.port}"
    links = [f"  {root}/hub/user-redirect/lab/tree/{name}" for name in lesson_notebooks() if name[:11] == "notebooks/0"]
    read = f"{Path(sys.executable).parent / 'kit'} class {school.drop}"
    return [
        f"The hub: {root} · Ctrl+C ends it; students' servers go on, and `make hub` finds them again.",
        "A link opens its lesson after log-in:",
        *links,
        f"What they hand in: {read}",
    ]


def warnings(school: School) -> list[str]:
    """What a school should know about how it runs."""
    told = []
    if not school.separate:
        told.append("All servers run as you: who knows how can read others' answers. `sudo make hub` keeps them apart.")
    if not school.certificate and not school.address.startswith("127."):
        told.append("Without https, passwords cross the network in the clear: see `certificate` in hub.toml.")
    return told


def _ask_password(school: School, name: str) -> None:
    if sys.stdin.isatty():
        password = getpass.getpass(f"Password for {name} (at least {SHORTEST} characters): ")
    else:
        password = sys.stdin.readline().rstrip("\n")
    if len(password) < SHORTEST:
        raise KitError(f"A password has at least {SHORTEST} characters. Nothing was changed.")
    set_password(school, name, password)
    print(f"The password of {name} is set.")


def _forget(school: School, name: str) -> None:
    print(f"This deletes {school.home_of(name)} and {school.drop_of(name)}: lessons, answers, what was handed in.")
    if input("Delete them? [y/n] ").strip().lower() not in ("y", "yes"):
        raise KitError("Nothing was deleted.")
    forget(school, name)
    print(f"Deleted. Take {name} out of the class list, too, and start the hub again.")


if __name__ == "__main__":
    sys.exit(main())
