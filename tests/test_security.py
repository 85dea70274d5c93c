"""What SECURITY.md promises and no other test holds: no data runs, names stay in their folder, locks are looked at."""

from __future__ import annotations

import ast
import base64
import json
import re
import zlib

import pytest
import yaml
from conftest import ROOT
from hostile_pages import payloads

from kit.classroom.new_lesson import lesson_name
from kit.course import hand_in_code
from kit.course.hand_in import hand_in
from kit.course.hand_in_code import DEFLATE, END, LARGEST, START, WORDS, from_code
from kit.errors import KitError
from kit.resources import PACKAGE

PROMISES = (ROOT / "SECURITY.md").read_text("utf-8")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
# What turns data into a program, by module and by function.
MODULES = {"pickle", "dill", "cloudpickle", "joblib", "marshal", "shelve", "code", "codeop", "pty"}
CALLS = {"eval", "exec", "compile", "__import__", "os.system", "os.popen", "yaml.load", "tempfile.mktemp"}
CALLS |= {"numpy.load", "np.load", "torch.load", "subprocess.getoutput", "subprocess.getstatusoutput"}


def calls_and_imports(source):
    """What a module imports, what it calls by its plain name, and whether it asks a shell."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module).partition(".")[0]
        elif isinstance(node, ast.Call):
            yield ast.unparse(node.func)
            yield from ("shell" for word in node.keywords if word.arg == "shell")


def test_no_module_runs_data_or_asks_a_shell():
    modules = {path.relative_to(PACKAGE).as_posix(): path.read_text("utf-8") for path in PACKAGE.rglob("*.py")}
    found = {name: {*calls_and_imports(source)} & (MODULES | CALLS | {"shell"}) for name, source in modules.items()}
    assert {name: which for name, which in found.items() if which} == {}


@pytest.mark.parametrize(
    "wrong",
    ["import pickle", "from marshal import loads", "eval('1')", "subprocess.run('ls', shell=True)", "os.system('ls')"],
)
def test_it_would_be_seen(wrong):
    assert {*calls_and_imports(wrong)} & (MODULES | CALLS | {"shell"})


@pytest.mark.parametrize("name", [name for name in payloads() if name.startswith(("path/", "characters/"))])
def test_no_name_leads_out_of_a_folder(name, folder):
    text = payloads()[name]
    written = hand_in(text)
    assert written.file.parent == folder / "handed-in"
    assert {path.parent for path in folder.rglob("*") if path.is_file()} == {folder, folder / "handed-in"}
    assert re.fullmatch(r"[a-z0-9_]+", lesson_name(text, text))


def test_a_code_that_unpacks_to_far_more_is_refused(monkeypatch):
    unpacked = []

    def loads(data):
        unpacked.append(len(data))
        raise ValueError

    monkeypatch.setattr(hand_in_code.json, "loads", loads)
    squeezing = zlib.compressobj(9, zlib.DEFLATED, DEFLATE, zdict=WORDS)
    packed = squeezing.compress(b"[" * 50_000_000) + squeezing.flush()
    body = base64.b32encode(zlib.crc32(packed).to_bytes(hand_in_code.CHECKSUM, "big") + packed).decode().rstrip("=")
    monkeypatch.setattr(hand_in_code, "LONGEST", len(body))
    with pytest.raises(KitError, match="damaged"):
        from_code(f"{START}{body}{END}")
    assert unpacked == [LARGEST]


# ------------------------------------------------------------------------------------------ what is promised


def test_each_promise_names_tests_that_exist():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PROMISES)
    assert len(named) > 15
    for file, test in named:
        assert re.search(rf"^ *def {test}\(", (ROOT / file).read_text("utf-8"), re.M), f"{file}::{test}"


def test_each_promise_has_a_test():
    rows = re.findall(r"^\| (?:\*\*|…).*$", PROMISES, re.M)
    assert len(rows) >= 10
    assert [row for row in rows if "::test_" not in row] == []


def test_the_number_of_hostile_texts_is_as_said():
    assert round(len(payloads()), -1) == 100  # "a hundred"


# ------------------------------------------------------------------------------------------ workflows


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_takes_actions_by_their_hash(path):
    text = path.read_text("utf-8")
    used = re.findall(r"uses: (\S+)", text)
    assert [action for action in used if not re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", action)] == []
    assert "permissions" in yaml.safe_load(text)


def test_the_audit_reads_every_lock_and_may_write_nothing():
    audit = yaml.safe_load((ROOT / ".github" / "workflows" / "audit.yml").read_text("utf-8"))
    assert audit["permissions"] == {"contents": "read"}
    assert not [job for job in audit["jobs"].values() if "permissions" in job]
    folders = audit["jobs"]["scripts"]["strategy"]["matrix"]["folder"]
    locks = [path.parent for path in (*ROOT.glob("*/package-lock.json"), *ROOT.glob("*/*/package-lock.json"))]
    assert set(folders) == {lock.relative_to(ROOT).as_posix() for lock in locks}
    assert "requirements.lock --require-hashes" in json.dumps(audit)
