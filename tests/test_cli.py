"""The command line: what it prints, and what it says when something is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kit.cli import main
from kit.resources import PACKAGE

STORY = "A mayor speaks\n\nRain may come to Port Vorn, the mayor said on Monday.\n"


def run(capsys, *arguments):
    status = main([*map(str, arguments)])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, "utf-8")
    return path


def test_table(capsys, story):
    status, out, err = run(capsys, "annotate", story)
    assert status == 0
    assert err.startswith("kit: This text has fewer than 40 words.")
    assert out.startswith("A mayor speaks\n")
    assert "Who says so?" in out
    assert "How sure?" in out
    assert "Rain may come to Port" in out  # the rest is on the next line


def test_json_offsets_point_into_the_text(capsys, story):
    status, out, _ = run(capsys, "annotate", story, "--format", "json")
    data = json.loads(out)
    assert status == 0
    assert data["schema"] == "reading/1"
    assert data["annotations"]
    assert all(STORY[a["start"] : a["end"]] == a["text"] for a in data["annotations"])


def test_layer(capsys, story):
    _, out, _ = run(capsys, "annotate", story, "--format", "json", "--layer", "hedge")
    assert {a["layer"] for a in json.loads(out)["annotations"]} == {"hedge"}


def test_html_is_a_page_of_its_own(capsys, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("It <b>may</b> rain & snow.", "utf-8")
    status, out, _ = run(capsys, "annotate", path, "--format", "html")
    assert status == 0
    assert out.startswith("<!doctype html>")
    assert "<b>" not in out
    assert "src=" not in out


def test_output_file(capsys, story, tmp_path):
    target = tmp_path / "out.json"
    status, out, _ = run(capsys, "annotate", story, "--format", "json", "-o", target)
    assert (status, out) == (0, "")
    assert json.loads(target.read_text("utf-8"))["reader"]
    status, _, err = run(capsys, "annotate", story, "-o", tmp_path / "story.txt" / "x")
    assert status == 2
    assert "can't be written" in err


def test_output_never_goes_over_the_article_or_a_device(capsys, story, tmp_path):
    (tmp_path / "link").symlink_to(story)
    for target in (story, tmp_path / "link", tmp_path, "/dev/null"):
        status, _, err = run(capsys, "annotate", story, "-o", target)
        assert (status, err.count("\n")) == (2, 1)
        assert "Name another" in err
    assert story.read_text("utf-8") == STORY
    assert Path("/dev/null").is_char_device()


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_pipe_and_a_file_get_utf_8(tmp_path, encoding):
    (tmp_path / "a.txt").write_text("“Rain may come 🌧”, the mayor said.", "utf-8")
    command = [sys.executable, "-m", "kit", "annotate", str(tmp_path / "a.txt")]
    done = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"PYTHONIOENCODING": encoding})
    assert "“Rain may come 🌧”" in done.stdout.decode()


def test_the_kits_own_article_by_name_and_standard_input(capsys):
    _, named, _ = run(capsys, "annotate", "--format", "json", "blinken")
    page = (PACKAGE.parent / "seeds" / "blinken.md").read_bytes()
    command = [sys.executable, "-m", "kit", "annotate", "--format", "json", "-"]
    piped = subprocess.run(command, input=page, capture_output=True, check=True)
    assert json.loads(named)["annotations"] == json.loads(piped.stdout)["annotations"]


BAD = {
    "There is no file": None,
    "is damaged": b"%PDF-1.4",
    "mixes two encodings": b"caf\xe9 caf\xc3\xa9",
    "is empty": b"",
    "is not plain text": b"\x00\x01",
}


@pytest.mark.parametrize("message", BAD)
def test_bad_input_gets_one_sentence_and_status_2(capsys, tmp_path, message):
    path = tmp_path / "bad"
    if BAD[message] is not None:
        path.write_bytes(BAD[message])
    status, out, err = run(capsys, "annotate", path)
    assert (status, out) == (2, "")
    assert message in err
    assert err.count("\n") == 1
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["my", "article.txt"], 'A name with spaces needs quotation marks: "my article.txt"'),
        (["my.txt", "--colour"], "unrecognized arguments: --colour\n"),
        (["https://example.org/news"], "https://example.org/news is a web address; the kit reads files. Save"),
    ],
)
def test_what_is_easily_typed_wrong(capsys, arguments, message):
    try:
        status = main(["annotate", *arguments])
    except SystemExit as stopped:
        status = stopped.code
    assert status == 2
    assert message in capsys.readouterr().err


def test_a_folder(capsys, tmp_path):
    assert run(capsys, "annotate", tmp_path)[0] == 2


def test_many_pages_on_one_line(capsys, tmp_path):
    path = tmp_path / "long.txt"
    path.write_text("The mayor said it may rain. " * 1_000, "utf-8")
    status, out, _ = run(capsys, "annotate", path, "--format", "json", "--layer", "hedge")
    assert status == 0
    assert [mark["text"] for mark in json.loads(out)["annotations"]] == ["may"] * 1_000


def test_every_command_stands_in_the_readme(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])
    listing = capsys.readouterr().out.partition("commands:")[2].splitlines()
    commands = {line.split()[0] for line in listing if line.startswith("    ") and not line.startswith("     ")}
    readme = (PACKAGE.parent / "README.md").read_text("utf-8")
    assert commands
    assert {name for name in commands if f"kit {name}" not in readme} == set()


class TestReadingsFromElsewhere:
    """`kit convert` and `kit agree`."""

    @pytest.fixture
    def ann(self, capsys, story, tmp_path):
        path = tmp_path / "marks" / "kit.ann"
        assert run(capsys, "annotate", story, "--format", "brat", "-o", path)[:2] == (0, "")
        return path

    def test_the_text_lies_beside_the_marks(self, ann):
        assert ann.with_suffix(".txt").read_text("utf-8") == STORY
        assert "hedge-modal" in ann.read_text("utf-8")

    def test_another_text_is_never_written_over(self, capsys, story, tmp_path):
        (tmp_path / "mine.txt").write_text("mine", "utf-8")
        status, _, err = run(capsys, "annotate", story, "--format", "brat", "-o", tmp_path / "mine.ann")
        assert (status, err.count("\n")) == (2, 1)
        assert "holds something else" in err
        assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"
        assert not (tmp_path / "mine.ann").exists()
        status, _, err = run(capsys, "annotate", story, "--format", "brat", "-o", tmp_path / "new.txt")
        assert (status, "ends in .ann" in err) == (2, True)

    def test_from_one_format_into_any_other(self, capsys, story, ann, tmp_path):
        for name, said in [("csv", "hedge,modal"), ("conll", "may\tO"), ("w3c", '"hedge: modal"'), ("html", "<html")]:
            status, out, _ = run(capsys, "convert", story, ann, "--format", name)
            assert (status, said in out) == (0, True), name
        status, _, err = run(capsys, "convert", story, ann, "-o", ann)
        assert (status, "is what this is made from" in err) == (2, True)

    def test_how_far_they_agree_and_where_they_differ(self, capsys, story, ann, tmp_path):
        (tmp_path / "ada.csv").write_text("label,start,end\nmodal,21,24\nloaded,16,20\n", "utf-8")
        status, out, _ = run(capsys, "agree", story, ann, tmp_path / "ada.csv", "--layer", "hedge")
        assert status == 0
        assert out.startswith("2 readers of “A mayor speaks”: kit and ada.")
        assert "hedge    1         1                1.00  1.00     they agree" in out
        out = run(capsys, "agree", story, ann, tmp_path / "ada.csv")[1]
        assert out.partition("Framing: where they differ")[2].split() == [
            *("words", "marked", "by", "not", "by", "-------", "-----------", "--------", "Rain", "ada", "kit"),
        ]

    def test_what_cannot_be_compared_is_said(self, capsys, story, ann, tmp_path):
        (tmp_path / "ada.ann").touch()
        for readings, said in (
            ([ann], "at least two readings"),
            ([tmp_path / "ada.ann", tmp_path / "ada.ann"], "has a mark there"),
            ([ann, tmp_path / "none.csv"], "There is no file"),
        ):
            status, _, err = run(capsys, "agree", story, *readings)
            assert (status, err.count("\n"), said in err) == (2, 1, True), said
