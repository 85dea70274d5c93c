"""What a hub keeps of its students on this machine: folders, accounts, passwords; and how all of it is deleted.

Started by root, each student gets an account of this machine, and can't read what others write. Started by anybody
else, all servers run as that one person: whoever knows how can read other students' answers from a notebook.
"""

from __future__ import annotations

import dbm
import shutil
import subprocess
from pathlib import Path

from school import School, check_name

from kit.errors import KitError

GROUP, TEACHERS = "btl-students", "btl-teachers"  # groups of this machine


def prepare(school: School) -> list[str]:
    """Make the folders, and the accounts where each student has one. Returns sentences on what was made.

    Raises `KitError` where a folder can't be made or a name is that of somebody else's account.
    """
    told = []
    try:
        school.hub.mkdir(parents=True, exist_ok=True)
        school.hub.chmod(0o700)
        for folder in (school.drop, school.folder / "homes"):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o711)  # All pass through it to a folder of their own, and can't list the others.
        if school.separate:
            told = _make_accounts(school)
            shutil.chown(school.drop, group=TEACHERS)
            school.drop.chmod(0o751)
        for name in school.names:
            drop = school.drop_of(name)
            drop.mkdir(exist_ok=True)
            if school.separate:
                shutil.chown(drop, name, TEACHERS)
            drop.chmod(0o2750 if school.separate else 0o700)
    except OSError as error:
        raise KitError(
            f"{error.filename or school.folder} can't be made ({error.strerror or error}). "
            "Name another `folder` in the settings, or make room."
        ) from None
    return told


def _make_accounts(school: School) -> list[str]:
    """An account and a home for everybody, and the two groups."""
    import grp
    import pwd

    if shutil.which("useradd") is None:
        raise KitError("This machine has no `useradd`, so students can't get accounts. Start the hub without root.")
    for group in (GROUP, TEACHERS):
        _run("groupadd", "--force", group)
    made = 0
    for name in school.names:
        groups = [GROUP, *([TEACHERS] if name in school.teachers else [])]
        try:
            home = Path(pwd.getpwnam(name).pw_dir)
        except KeyError:
            home = school.home_of(name)
            shell = ("--shell", "/bin/bash") if Path("/bin/bash").exists() else ()
            command = ("useradd", "--create-home", "--home-dir", str(home), "--groups", ",".join(groups), *shell)
            _run(*command, name)
            _run("chown", "--recursive", "--no-dereference", f"{name}:", str(home))  # It may come from a backup.
            home.chmod(0o700)
            made += 1
        else:
            if name not in grp.getgrnam(GROUP).gr_mem or home != school.home_of(name):
                raise KitError(f"{name} is an account of this machine already. Choose another name in the class list.")
    return [f"Accounts made: {made}."] if made else []


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise KitError(f"`{' '.join(command)}` failed: {done.stderr.strip() or done.returncode}")


def forget(school: School, name: str) -> None:
    """Delete all that is kept of somebody: home with answers, what was handed in, password, account.

    Raises `KitError` if there is nothing of that name, or if the name is that of somebody else's account.
    """
    check_name(name, "--forget")
    folders = [folder for folder in (school.home_of(name), school.drop_of(name)) if folder.exists()]
    if not folders:
        raise KitError(f"Nothing of {name} is in {school.folder}. Check the name.")
    if school.separate and shutil.which("userdel"):
        import pwd

        try:
            if Path(pwd.getpwnam(name).pw_dir) == school.home_of(name):
                _run("userdel", "--force", name)
        except KeyError:
            pass
    for folder in folders:
        shutil.rmtree(folder)
    set_password(school, name, None)
    if school.database.exists():
        from jupyterhub import orm  # Here: only the hub's environment has it.

        with orm.new_session_factory(f"sqlite:///{school.database}")() as known:
            if user := orm.User.find(known, name):
                known.delete(user)
                known.commit()


def set_password(school: School, name: str, password: str | None) -> None:
    """Set somebody's password; None: whoever logs in next under this name chooses one."""
    school.hub.mkdir(parents=True, exist_ok=True)
    with dbm.open(str(school.passwords), "c", 0o600) as stored:
        if password is None:
            if name.encode() in stored:
                del stored[name.encode()]
        else:
            import bcrypt  # Here: only the hub's environment has it.

            stored[name.encode()] = bcrypt.hashpw(password.encode(), bcrypt.gensalt())


def has_password(school: School, name: str) -> bool:
    """Whether somebody has chosen a password."""
    try:
        with dbm.open(str(school.passwords), "r") as stored:
            return name.encode() in stored
    except dbm.error:
        return False
