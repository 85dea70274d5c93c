"""The documents: what they name exists, what they show runs, and the site builds without a warning."""

import copy
import doctest
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from importlib.util import find_spec

import jsonschema
import pytest
from conftest import ROOT
from test_rooms import ROOMS

import kit
from kit.analysis import registry
from kit.classroom.model_answers import disagreement
from kit.cli import _parser, main
from kit.course.lessons import read_lesson
from kit.lexicons.matcher import Lexicon, validate_entries
from kit.resources import PACKAGE
from kit.text.tokens import sentences

DOCS = ROOT / "docs"
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", "exercises/TEACHER_GUIDE.md")]
PAGES += [*sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("[a-z]*/*.md"))]
# Beside what they tell of: here a path may begin at the page's own folder.
ASIDE = [ROOT / folder / "README.md" for folder in ("benchmarks", "deploy", "kit/models", "labextension", "lite")]
PAGES += [*ASIDE, ROOT / "strong" / "MODEL_CARD.md"]
BLOCK = re.compile(r"^```([\w{}-]+)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\]\(([^)\s]+)\)")
PICTURE = re.compile(r"!\[(.*?)\]\(|<img\b[^>]*?(?:\balt=\"(.*?)\")?[^>]*>", re.S)
INCLUDED = re.compile(r"^```\{include\} (\S+)", re.M)
CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"[\w.*<>-]+(/[\w.*<>-]*)+")
MADE_LATER = ("docs/_build/", "lite/_site", "tests/e2e/pictures/", "benchmarks/.peers", "deploy/hub/data")
TEXT = "The pier may close, the mayor of Port Vorn said.\n"

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def blocks(page, *languages):
    """The blocks of code on a page in these languages, in order: language and code."""
    return [(language, code) for language, code in BLOCK.findall(page.read_text("utf-8")) if language in languages]


def commands(page):
    """The lines that a page tells one to type into a terminal, as words."""
    lines = [line for _, code in blocks(page, "sh") for line in code.splitlines() if line]
    return [shlex.split(line.removeprefix("sudo ").partition(" > ")[0], comments=True) for line in lines]


def named_commands(page):
    """The commands that a page names within its sentences and tables, and those in its blocks, as words."""
    told = [code for code in CODE.findall(prose(page)) if re.match(r"(\S*/)?(kit|make|python|npm|pytest) ", code)]
    indented = re.findall(r"^    (make|python|npm) (.*?)(?: +#.*)?$", prose(page), re.M)
    return [*commands(page), *map(shlex.split, told), *(shlex.split(" ".join(words)) for words in indented)]


def prose(page):
    return BLOCK.sub("", page.read_text("utf-8"))


def places(page):
    """Where a link can lead on a page: its headings, as GitHub and MyST name them, and those of what it includes."""
    own = page.read_text("utf-8")
    whole = BLOCK.sub("", own + "".join((page.parent / name).read_text("utf-8") for name in INCLUDED.findall(own)))
    titles = re.findall(r"^#+ (.+)$", whole, re.M)
    named = re.findall(r"^\(([\w-]+)\)=$", whole, re.M)
    return {*named, *(re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles)}


# ------------------------------------------------------------------------------------------ everything is documented


@pytest.mark.parametrize("name", kit.__all__)
def test_a_public_name_is_explained_and_shown_in_full(name):
    page = (DOCS / "reference" / "names.md").read_text("utf-8")
    assert re.search(rf"^\| .*`{name}`.* \| \w", page, re.M)
    assert re.search(rf"^\.\. auto(function|class|exception):: kit\.{name}$", page, re.M)


def help_of(capsys, *command):
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    return capsys.readouterr().out


def test_each_command_of_the_kit_is_explained_with_its_options(capsys):
    page = (DOCS / "reference" / "commands.md").read_text("utf-8")
    names = re.findall(r"^    (\w+) ", help_of(capsys), re.M)
    assert "annotate" in names
    for name in names:
        own = page.partition(f"### `kit {name}")[2].partition("\n#")[0]
        options = set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", help_of(capsys, name))) - {"-h", "--help"}
        assert own, f"kit {name} is missing"
        assert {option for option in options if f"`{option}" not in own} == set(), name
        rows = re.findall(r"^\| (`-.+?) \|", own, re.M)
        assert {option for row in rows for option in re.findall(r"`(--?[a-z][\w-]*)", row)} <= options, name


def test_each_command_of_make_is_explained():
    page = (DOCS / "reference" / "commands.md").read_text("utf-8")
    targets = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert "docs" in targets
    assert {target for target in targets if f"`make {target}`" not in page} == {"help"}


def test_each_setting_of_the_environment_is_one_that_the_kit_reads():
    told = set(re.findall(r"`(BTL_\w+)`", "".join(page.read_text("utf-8") for page in PAGES)))
    read = {name for path in PACKAGE.rglob("*.py") for name in re.findall(r"\"(BTL_\w+)\"", path.read_text("utf-8"))}
    assert "BTL_ANSWERS" in told
    assert told <= read


def test_the_picture_shows_the_rooms_in_their_order():
    picture = (DOCS / "developers" / "house.svg").read_text("utf-8")
    floors = re.findall(r">(\w+)/<", picture)
    assert floors == [room for room in reversed(ROOMS) if (PACKAGE / room).is_dir()]
    ground = [path.stem for path in PACKAGE.glob("*.py") if path.stem in ROOMS]
    assert {name for name in ground if not re.search(rf"\b{name}\b", picture)} == set()


def test_each_room_has_its_line_and_its_page():
    page = (DOCS / "reference" / "rooms.md").read_text("utf-8")
    for path in PACKAGE.iterdir():
        if (path / "__init__.py").is_file():
            assert f"`kit/{path.name}/`" in page
            assert f"{path.name} <rooms/kit.{path.name}>" in page
        elif path.suffix == ".py":
            assert f"`kit/{path.name}`" in page
            assert path.stem.startswith("__") or f".. automodule:: kit.{path.stem}\n" in page


# ------------------------------------------------------------------------------------------ what is named is there


@each_page
def test_its_links_lead_to_files(page):
    for link in LINK.findall(prose(page)):
        target = link.partition("#")[0]
        if target and not link.startswith(("http:", "https:")):
            assert (page.parent / target).is_file(), link


@each_page
def test_its_links_lead_to_headings(page):
    for link in LINK.findall(prose(page)):
        target, _, place = link.partition("#")
        if place and not link.startswith(("http:", "https:")):
            assert place in places(page.parent / target if target else page), link


@each_page
def test_its_pictures_have_words(page):
    for written, alternative in PICTURE.findall(prose(page)):
        assert len((written or alternative).split()) > 2


@each_page
def test_the_files_that_it_names_are_there(page):
    top = {path.name for path in ROOT.iterdir()} - {"answers", ".venv"}
    for code in CODE.findall(prose(page)):
        if PATH.fullmatch(code) and code.split("/")[0] in top and not code.startswith(MADE_LATER):
            assert list(ROOT.glob(re.sub(r"<\w+>", "*", code).rstrip("/"))), code


def parsers():
    """The parser of each command of the kit, by its name."""
    (commands,) = (action for action in _parser()._actions if isinstance(action.choices, dict))
    return commands.choices


@each_page
def test_the_commands_that_it_names_exist(page):
    """Placeholders may stand for what comes behind a command, never for an option or one of its choices."""
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M)
    for tool, *words in named_commands(page):
        tool = tool.rpartition("/")[2]
        if tool == "make":
            assert words[0] in targets, words
        elif tool == "npm":
            asks_for_script = words[0] in ("run", "test")
            assert not asks_for_script or f'"{words[-1]}": ' in (page.parent / "package.json").read_text("utf-8"), words
        elif tool == "python" and words[0] == "-m":
            assert find_spec(words[1]), words
        elif tool == "python" and words[0] != "-c":
            assert (ROOT / words[0]).is_file() or words[0].startswith("-"), words
        elif tool == "kit":
            parser = parsers()[words[0]]
            for word, behind in zip(words, [*words[1:], ""], strict=True):
                if word.startswith("-") and words[0] != "lab":
                    option = parser._option_string_actions[word.partition("=")[0]]
                    assert not option.choices or behind in option.choices or behind.isupper(), words


# ------------------------------------------------------------------------------------------ what is shown works


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with an article in it, to work in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BTL_ANSWERS", str(tmp_path / "answers"))
    monkeypatch.setattr(registry, "_readers", copy.deepcopy(registry._readers))
    (tmp_path / "my_article.txt").write_text(TEXT, "utf-8")
    return tmp_path


def run_python(page):
    """Run the Python of a page, one block after the other; examples must print what the page says."""
    names = {}
    for language, code in blocks(page, "python", "pycon"):
        if language == "python":
            exec(compile(code, str(page), "exec"), names)
        else:
            examples = doctest.DocTestParser().get_doctest(code, names, page.name, str(page), 0)
            said = []
            doctest.DocTestRunner(verbose=False).run(examples, out=said.append, clear_globs=False)
            assert not said, "".join(said)
            names = examples.globs


PYTHON = [page for page in PAGES if blocks(page, "python", "pycon") and page.name != "teachers.md"]


@pytest.mark.parametrize("page", PYTHON, ids=lambda page: page.stem)
def test_its_python_runs(page, folder):
    run_python(page)


@each_page
def test_its_commands_work(page, folder, capsys):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for words in commands(page):
        if words[0] == "make":
            assert re.search(rf"^{words[1]}:", makefile, re.M), words
        elif words[0] == "kit" and words[1] in ("annotate", "convert", "agree"):
            assert main(words[1:]) == 0, words
            assert capsys.readouterr().out or "-o" in words or "--output" in words, words
        elif words[0] == "kit":
            assert _parser().parse_known_args(words[1:])[0].run, words
        for word in words[1:]:
            if ("/" in word or word.endswith((".yml", ".ipynb"))) and not word.startswith(MADE_LATER):
                assert (ROOT / word).exists(), words


def test_a_teachers_own_lesson_works_as_the_page_tells(folder):
    page = DOCS / "teachers.md"
    ((_, lesson),) = blocks(page, "toml")
    (folder / "items").mkdir()
    (folder / "items" / "bridge.toml").write_text(lesson, "utf-8")
    (folder / "bridge.md").write_text("The bridge is safe, the mayor of Port Vorn said.", "utf-8")
    run_python(page)
    done = kit.progress("bridge")
    assert [exercise.title for exercise in done.exercises] == ["Who says so?", "Mark who speaks"]


def test_the_lesson_and_the_questions_to_add_are_complete(folder):
    examples = [code for _, code in blocks(DOCS / "developers" / "adding.md", "toml")]
    questions = [code for code in examples if code.startswith("[[item]]")]
    (head,) = [code for code in examples if code.startswith("title")]
    (folder / "items").mkdir()
    (folder / "items" / "pier.toml").write_text("\n".join([head, *questions]), "utf-8")
    lesson = read_lesson("pier")
    assert [asked.name for asked in lesson.questions] == ["who-saw-it", "why-two"]
    assert [disagreement(asked) for asked in lesson.questions] == ["", ""]
    assert lesson.article.id == "blinken"


def test_the_word_to_add_is_found_as_its_examples_say():
    examples = [code for _, code in blocks(DOCS / "developers" / "adding.md", "toml")]
    (written,) = [code for code in examples if code.startswith("[[entry]]")]
    sources = tomllib.loads((PACKAGE / "lexicons" / "hedges_epistemic.toml").read_text("utf-8"))["sources"]
    (entry,) = validate_entries("hedges_epistemic", tomllib.loads(written) | {"sources": sources})
    for example in (*entry.match, *entry.avoid):
        found = []
        for sentence in sentences(kit.read_text(re.sub(r"[\[\]]", "", example))):
            matches = Lexicon([entry]).find(sentence.tokens)
            found += [sentence.tokens[at].text for match in matches for at in range(match.start, match.end)]
        assert found == re.findall(r"\[(.+?)\]", example)


# ------------------------------------------------------------------------------------------ the page on files


def fields(title):
    """The names in the first column of the table below a heading of the page on files."""
    part = (DOCS / "reference" / "files.md").read_text("utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    return {name for row in re.findall(r"^\| (`.+?) \|", part, re.M) for name in CODE.findall(row)}


def test_the_reading_that_is_shown_is_one():
    ((_, written),) = blocks(DOCS / "reference" / "files.md", "json")
    article = kit.read_text("It may rain.")
    data = json.loads(written.replace("SHA256", article.sha256))
    jsonschema.validate(data, json.loads((PACKAGE / "readings" / "reading.schema.json").read_text("utf-8")))
    (mark,) = kit.Reading.from_dict(data, article).annotations
    assert mark.span.of(article.text) == data["annotations"][0]["text"]


def test_each_field_of_a_reading_is_explained():
    schema = json.loads((PACKAGE / "readings" / "reading.schema.json").read_text("utf-8"))
    assert fields("Readings") == set(schema["properties"]) | set(schema["$defs"]["annotation"]["properties"])


def test_each_field_of_what_is_handed_in_is_explained(folder):
    assert fields("Handed in") == set(json.loads(kit.hand_in().file.read_text("utf-8")))


# ------------------------------------------------------------------------------------------ the site


def test_the_site_builds_without_a_warning_and_needs_no_network(tmp_path):
    if find_spec("sphinx") is None:
        say = pytest.fail if os.environ.get("CI") else pytest.skip
        say("Sphinx is not here: pip install -e .[docs]")
    command = re.search(r"^docs:.*\n\t\$\(BIN\)/python (.+)$", (ROOT / "Makefile").read_text("utf-8"), re.M)[1]
    options = command.replace("docs/_build/html", str(tmp_path)).split()
    built = subprocess.run([sys.executable, *options], cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert built.returncode == 0, built.stdout + built.stderr
    for page in tmp_path.rglob("*.html"):
        loaded = re.findall(r"<(?:script|link|img)\b[^>]*\b(?:src|href)=\"(https?:[^\"]+)\"", page.read_text("utf-8"))
        assert loaded == [], page.name
    assert "The text of a named part" in (tmp_path / "reference" / "names.html").read_text("utf-8")
