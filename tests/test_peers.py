"""What the benchmark asks of other tools, with stand-ins for them: nothing is installed here."""

import json
import shutil
import subprocess

import pytest

from benchmarks import peers

HEDGES = "export const hedges = ['may', 'a bit', 'a bit of', 'anti-'];"
PASSIVE = """module.exports = (text, options) =>
  [...text.matchAll(options ? /was \\w+ by/g : /was \\w+/g)].map((m) => ({ index: m.index, offset: m[0].length }));"""


@pytest.fixture
def npm_peer(tmp_path):
    """Asks peer.mjs, which finds packages of the same shape as the real ones in a folder."""
    if shutil.which("node") is None:
        pytest.skip("No node on this machine.")
    for name, code, kind in (("hedges", HEDGES, "module"), ("passive-voice", PASSIVE, "commonjs")):
        package = tmp_path / "node_modules" / name
        package.mkdir(parents=True)
        (package / "index.js").write_text(code, "utf-8")
        (package / "package.json").write_text(json.dumps({"main": "index.js", "type": kind}), "utf-8")

    def ask(name, *texts):
        given = "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)
        command = ["node", str(peers.HERE / "peer.mjs"), name, str(tmp_path)]
        done = subprocess.run(command, input=given, capture_output=True, encoding="utf-8", check=True)
        return json.loads(done.stdout)["marks"]

    return ask


def test_a_list_marks_whole_words_longest_first_in_code_points(npm_peer):
    texts = ["İ 🌉 It MAY rain a bit of rain. Dismay!", "Anti-war, a\nbit."]
    marks = npm_peer("hedges", *texts)
    assert [[text[start:end] for start, end in found] for text, found in zip(texts, marks, strict=True)] == [
        ["MAY", "a bit of"],
        ["a\nbit"],
    ]


def test_a_passive_is_its_last_word_and_whether_by_follows(npm_peer):
    assert npm_peer("passive", "It was hit by hail, then was closed.") == [[["hit", True], ["closed", False]]]


@pytest.fixture
def installer(tmp_path, monkeypatch):
    """Environments in a temporary folder, and a list of the commands that would make them."""
    commands = []
    monkeypatch.setattr(peers, "ENVIRONMENTS", tmp_path)
    monkeypatch.setattr(peers, "_run", lambda command, given="": commands.append(command) or "")
    peers.environment.cache_clear()
    yield commands
    peers.environment.cache_clear()


def test_an_environment_is_made_once_and_again_if_its_versions_change(installer):
    peers.environment(("hedges@2.0.1",))
    assert [command[0] for command in installer] == ["npm"]
    assert installer[0][-1] == "hedges@2.0.1"
    peers.environment.cache_clear()
    peers.environment(("hedges@2.0.1",))
    assert len(installer) == 1
    peers.environment(("hedges@2.0.2",))
    assert len(installer) == 2


def test_a_failed_installation_does_not_count_as_an_environment(tmp_path, monkeypatch):
    monkeypatch.setattr(peers, "ENVIRONMENTS", tmp_path)
    for name in ("npm", "node"):
        assert not shutil.which(name, path=str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    peers.environment.cache_clear()
    with pytest.raises(peers.PeerError, match="npm is not on this machine"):
        peers.ask(peers.HEDGES[0], ["It may rain."])
    assert not list(tmp_path.glob("*/ready"))


def test_every_peer_is_pinned():
    every = peers.QUOTATIONS + peers.HEDGES + peers.OPINIONS + peers.PASSIVES
    for peer in every:
        assert all(package.count("==") + package.count("@") == 1 for package in peer.packages), peer
        assert all(("@" in package) == peer.npm for package in peer.packages), peer
