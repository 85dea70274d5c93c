"""`kit corpus`: an archive of many articles is whole, the same however it was made, and other programs read it."""

import gzip
import io
import json
import os
import random
import re
import signal
import subprocess
import sys
import tracemalloc
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from datetime import date
from itertools import count as numbers
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import source_files
from conftest import ROOT

import kit
from benchmarks.corpus import held
from kit.classroom.check import check_one
from kit.cli import main
from kit.corpus import archive as archives
from kit.corpus import items as batching
from kit.corpus import rows as reading
from kit.corpus import run, scheduler, tables, workers
from kit.corpus.charts import QUESTIONS, sources_chart
from kit.corpus.inputs import count, inputs, items
from kit.corpus.invented import as_invented, invented_articles, write_invented
from kit.corpus.items import batches, without_duplicates
from kit.corpus.run import make_archive
from kit.corpus.schema import TABLES, arrow_schema, markdown
from kit.errors import KitError
from kit.extras import EXTRAS
from kit.progress_bar import progress_bar
from kit.readings.reading import read_annotation
from kit.resources import needs_extra

PAGE = (ROOT / "docs" / "archive.md").read_text("utf-8")
TEXT = "The pier may close, the mayor of Port Vorn said on Monday."


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A folder to work in, and batches of five articles."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(batching, "PER_BATCH", 5)
    return tmp_path


@pytest.fixture
def news(folder):
    """Some invented articles, in four batches."""
    write_invented("news.jsonl", 18)
    return ["news.jsonl"]


def rows(folder, table="articles"):
    return archives.Archive(Path(folder)).table(table).to_pylist()


def named(folder, table="articles"):
    return [row["article"] for row in rows(folder, table)]


def left_out(folder):
    return {row["article"]: row["reason"] for row in rows(folder, "left_out")}


def write_lines(name, *records):
    Path(name).write_text("".join(f"{json.dumps(record)}\n" for record in records), "utf-8")


# ------------------------------------------------------------------------------------------ what goes in


def test_files_of_every_kind_in_folders_are_read(folder):
    deep = folder / "news" / "2026" / "march"
    deep.mkdir(parents=True)
    body = [TEXT, "It was built in 1911. Many people walk there in summer, and some of them fish. " * 4]
    for kind in ("docx", "html", "mhtml", "odt", "pdf", "rtf"):
        (deep / f"pier.{kind}").write_bytes(getattr(source_files, kind)(f"The pier, as {kind}", body))
    (folder / "news" / "a.txt").write_text(TEXT)
    (folder / "news" / ".hidden.txt").write_text("Hidden. " + TEXT)
    make_archive(["news"], "archive")
    assert left_out("archive") == {}
    assert {row["article"]: row["kind"] for row in rows("archive")} == {
        "news/2026/march/pier.docx": "DOCX",
        "news/2026/march/pier.html": "HTML",
        "news/2026/march/pier.mhtml": "MHTML",
        "news/2026/march/pier.odt": "ODT",
        "news/2026/march/pier.pdf": "PDF",
        "news/2026/march/pier.rtf": "RTF",
        "news/a.txt": "text",
    }


def test_what_is_bad_is_left_out_and_told(folder, capsys):
    bad = {
        "empty.txt": (b"", "is empty"),
        "noise.bin": (bytes(range(256)) * 9, "of a kind that the kit doesn't open"),
        "photo.txt": (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "is a picture"),
        "torn.pdf": (b"%PDF-1.7 and no more", "damaged"),
        "blank.txt": (b" \n\n ", "is empty"),
        "hollow.txt": (b"", "is empty"),
    }
    (folder / "news").mkdir()
    for name, (data, _) in bad.items():
        (folder / "news" / name).write_bytes(data)
    (folder / "news" / "good.txt").write_text(TEXT)
    assert main(["corpus", "news", "-o", "archive"]) == 0
    said = capsys.readouterr()
    assert said.out == "archive holds 1 article and 2 annotations; 6 left out.\n"
    reasons = left_out("archive")
    assert set(reasons) == {f"news/{name}" for name in bad}
    for name, (_, reason) in bad.items():
        assert reason in reasons[f"news/{name}"]
        assert f"kit: left out: {reasons[f'news/{name}']}\n" in said.err


@pytest.mark.skipif(sys.platform != "linux", reason="Other systems have no such names.")
def test_names_and_texts_with_halves_of_characters_are_kept_as_well_as_can_be(folder, monkeypatch):
    (folder / "news").mkdir()
    Path(os.fsdecode(b"news/caf\xe9.txt")).write_text(TEXT)
    write_lines("lines.jsonl", {"text": "Snow \ud83c " + TEXT, "title": "\udc00"})
    torn = {"kind": "text", "date": "\udc80"}  # such as a word processor's file may hold
    monkeypatch.setattr(reading, "read", lambda *_: replace(kit.read_text(f"Rain \udc80 {TEXT}"), meta=torn))
    make_archive(["news", "lines.jsonl"], "archive")
    assert named("archive") == ["news/caf\ufffd.txt", "lines.jsonl:1"]
    assert [row["text"][:6] for row in rows("archive")] == ["Rain \ufffd", "Snow \ufffd"]


def test_front_matter_may_hold_anything(folder):
    (folder / "a.txt").write_text(f"+++\nkind = 5\nid = [1]\ndate = 2026-03-01\nagency = 7.5\n+++\n{TEXT}")
    make_archive(["a.txt"], "archive")
    (row,) = rows("archive")
    assert [row[name] for name in ("kind", "id", "date", "publisher")] == ["5", "[1]", "2026-03-01", "7.5"]


def test_a_reader_that_isnt_installed_is_said_before_anything_is_written(news, monkeypatch):
    monkeypatch.setitem(EXTRAS, "strong", ("onnxruntime", ("no_such_module",)))
    with pytest.raises(KitError, match=r"^This needs onnxruntime"):
        make_archive(news, "archive", reader="strong")
    assert not Path("archive").exists()


def test_an_article_at_which_the_kit_fails_is_left_out(news, monkeypatch):
    def sometimes(article, **options):
        if "library" in getattr(article, "text", ""):
            raise ZeroDivisionError("a bug")
        return kit.annotate(article, **options)

    monkeypatch.setattr(reading, "annotate", sometimes)
    done = make_archive(news, "archive").counts()
    assert 0 < done["left_out"] < 18 == done["articles"] + done["left_out"]
    assert all("the kit failed at it (ZeroDivisionError: a bug)" in reason for reason in left_out("archive").values())


def test_the_same_content_is_read_once_and_named(folder):
    for name in ("a", "b", "c"):
        (folder / f"{name}.txt").write_text(TEXT if name != "b" else TEXT + " It is old.")
    write_lines("more.jsonl", {"text": TEXT}, {"text": "Another one. " + TEXT})
    make_archive(["a.txt", "b.txt", "c.txt", "more.jsonl", "a.txt"], "archive")
    assert named("archive") == ["a.txt", "b.txt", "more.jsonl:2"]
    assert rows("archive", "left_out") == [
        {"article": name, "reason": f"{name} holds the same as a.txt."} for name in ("c.txt", "more.jsonl:1", "a.txt")
    ]


def test_an_archive_inside_of_what_is_read_is_no_article(folder):
    (folder / "a.txt").write_text(TEXT)
    make_archive(["."], "archive")
    (folder / "b.txt").write_text("Also, " + TEXT)
    make_archive(["."], "archive")
    assert (named("archive"), left_out("archive")) == (["./a.txt", "./b.txt"], {})


def test_lines_that_are_no_articles_are_left_out(folder):
    good = json.dumps({"text": TEXT}).encode()
    lines = [b"\xef\xbb\xbf" + good, b"{", b"[1]", b'{"text": 5}', b"", b'{"text": " "}', b"\xff\xfe", b"[" * 99_999]
    Path("news.jsonl").write_bytes(b"\n".join(lines))
    make_archive(["news.jsonl"], "archive")
    assert named("archive") == ["news.jsonl:1"]
    said = [reason.partition(" ")[2].partition(".")[0] for reason in left_out("archive").values()]
    assert said == ["isn’t JSON", "isn’t a JSON object", "has no text", "is empty", "isn’t UTF-8", "isn’t JSON"]
    assert list(left_out("archive"))[3] == "news.jsonl:6"


def test_a_line_that_is_too_long_is_left_out_and_the_next_one_read(monkeypatch):
    monkeypatch.setattr(tables, "LARGEST", 1000)
    write_lines("news.jsonl", {"text": TEXT}, {"text": "Rain. " * 900}, {"text": f"Again: {TEXT}"})
    make_archive(["news.jsonl"], "archive")
    assert named("archive") == ["news.jsonl:1", "news.jsonl:3"]
    assert "is larger than" in left_out("archive")["news.jsonl:2"]


def test_a_packed_table_that_breaks_off_is_read_as_far_as_it_goes():
    some = random.Random(1)
    lines = [json.dumps({"text": some.randbytes(100_000).hex()}).encode() for _ in range(9)]
    Path("news.jsonl.gz").write_bytes(gzip.compress(b"\n".join(lines))[:500_000])
    found = {item.name: item.problem for item in items(inputs(["news.jsonl.gz"], beside=Path("archive")))}
    *whole, last = found.items()
    assert len(whole) > 2
    assert whole == [(f"news.jsonl.gz:{number + 1}", "") for number in range(len(whole))]
    assert last[1].startswith(f"news.jsonl.gz:{len(found)} can’t be read from here on: ")
    assert count(inputs(["news.jsonl.gz"], beside=Path("archive"))) == 1  # nobody knows


@pytest.mark.parametrize("kind", ["jsonl", "parquet"])
def test_columns_are_found_by_their_names(kind):
    record = {
        "Url": "n/1",
        "Headline": "A pier",
        "content": TEXT,
        "published": date(2026, 3, 1),
        "newspaper": "Courier",
    }
    if kind == "jsonl":
        write_lines("news.jsonl", {name: str(value) for name, value in record.items()})
    else:
        pq.write_table(pa.Table.from_pylist([record]), "news.parquet")
    make_archive([f"news.{kind}"], "archive")
    (row,) = rows("archive")
    wanted = {"id": "n/1", "title": "A pier", "text": TEXT, "date": "2026-03-01", "publisher": "Courier"}
    assert {name: row[name] for name in wanted} == wanted
    assert row["article"] == f"news.{kind}:1"


def test_a_table_without_a_text_or_that_is_none_is_left_out():
    pq.write_table(pa.table({"x": [1, 2]}), "numbers.parquet")
    Path("broken.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(KitError, match=r"^No article could be read\. archive/left_out says why, of each\.$"):
        make_archive(["numbers.parquet", "broken.parquet"], "archive")
    reasons = [*left_out("archive").values()]
    assert "numbers.parquet has no text" in reasons[0]
    assert "broken.parquet can’t be read: " in reasons[1]


def test_an_archive_can_be_read_again(news):
    make_archive(news, "archive")
    make_archive(["archive/articles"], "again")
    first, second = (rows(folder, "annotations") for folder in ("archive", "again"))
    assert [row["text"] for row in second] == [row["text"] for row in first]
    assert [row["publisher"] for row in rows("again")] == [row["publisher"] for row in rows("archive")]


def test_a_large_table_is_never_in_memory():
    with Path("large.jsonl").open("w") as file:
        for number in range(8000):
            file.write(json.dumps({"text": f"{number} " + "Rain may come. " * 100}) + "\n")
    size = Path("large.jsonl").stat().st_size
    tracemalloc.start()
    try:
        found = [
            len(batch.items) for batch in batches(without_duplicates(items(inputs(["large.jsonl"], beside=Path("x")))))
        ]
        assert count(inputs(["large.jsonl"], beside=Path("x"))) == sum(found) == 8000
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < size / 4


def test_a_batch_is_never_heavy(monkeypatch):
    monkeypatch.setattr(batching, "LARGEST_BATCH", 1000)
    some = [batching.Item(str(n), b"x" * size) for n, size in enumerate([400, 500, 200, 5000, 1, 1])]
    assert [[item.name for item in batch.items] for batch in batches(some)] == [["0", "1"], ["2"], ["3"], ["4", "5"]]


@pytest.mark.parametrize(
    ("paths", "sentence"),
    [
        (["nowhere"], "There is no file or folder nowhere. Check the name"),
        (["https://example.org/a.html"], "is a web address"),
        (["hollow"], "There is no file in hollow."),
    ],
)
def test_what_isnt_there_is_said_before_anything_is_written(folder, paths, sentence, capsys):
    (folder / "hollow").mkdir()
    assert main(["corpus", *paths, "-o", "archive"]) == 2
    assert sentence in capsys.readouterr().err
    assert not (folder / "archive").exists()


# ------------------------------------------------------------------------------------------ it stops, and goes on

DIES = """
import os, signal, sys
from pathlib import Path
import kit.corpus.items as batching
from kit.corpus.rows import OWN_COLUMNS
from kit.corpus.run import make_archive
batching.PER_BATCH = 5
left, replace = int(sys.argv[1]), Path.replace
def dies(self, target):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)
Path.replace = dies
make_archive(["news.jsonl"], "archive")
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_killed_three_times_it_is_the_same_as_undisturbed(news):
    """Killed with a file half written, before the first batch, within one and after three."""
    for files in (2, 5, 4):
        done = subprocess.run([sys.executable, "-c", DIES, str(files)], capture_output=True, text=True, cwd=".")
        assert done.returncode == -signal.SIGKILL, done.stderr
    assert list(Path("archive").rglob(".*.parquet.*"))
    assert not json.loads(Path("archive/archive.json").read_bytes())["finished"]
    make_archive(news, "archive")
    make_archive(news, "undisturbed")
    assert held("archive") == held("undisturbed")
    assert json.loads(Path("archive/archive.json").read_bytes())["finished"]
    assert sorted(named("archive")) == sorted(f"news.jsonl:{number + 1}" for number in range(18))


def test_what_is_finished_is_not_read_again(news, monkeypatch):
    make_archive(news, "archive")
    before = held("archive")
    monkeypatch.setattr(run, "read_batch", lambda *_: pytest.fail("read again"))
    make_archive(news, "archive")
    assert held("archive") == before


def test_no_space_left_is_a_sentence_and_goes_on_later(news, monkeypatch):
    written, write = numbers(), archives.write_atomically

    def full(path, content):
        if next(written) > 6:
            raise OSError(28, "No space left on device")
        write(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(archives, "write_atomically", full)
        with pytest.raises(KitError, match=r"^No space is left for archive\. Free some\. What is finished"):
            make_archive(news, "archive")
    assert len(list(Path("archive/articles").glob("*"))) == 2
    make_archive(news, "archive")
    make_archive(news, "other")
    assert held("archive") == held("other")


def test_a_bar_tells_how_many_articles_how_fast_and_how_long(monkeypatch):
    screen = io.StringIO()
    monkeypatch.setattr(screen, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys, "stderr", screen)
    with progress_bar("Reading", 2000, counted="articles") as bar:
        bar.update(1500)
        bar.refresh()
    assert re.search(r"Reading .* 75 %, 1,500 of 2,000 articles, +[\d.]+ articles/s, 00:00 left", screen.getvalue())


def test_ctrl_c_says_how_to_go_on(news, monkeypatch, capsys):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(run._Run, "add", stop)
    assert main(["corpus", *news, "-o", "archive"]) == 130
    assert capsys.readouterr().err.startswith("kit: Stopped. What is finished is kept: run the same command again")


def test_what_changes_in_the_meantime_is_read_anew(news, monkeypatch):
    make_archive(news, "archive")
    lines = Path("news.jsonl").read_text("utf-8").splitlines(keepends=True)
    lines[7] = json.dumps({"text": TEXT}) + "\n"
    Path("news.jsonl").write_text("".join([*lines, json.dumps({"text": f"New: {TEXT}"}) + "\n"]), "utf-8")
    read, read_batch = [], run.read_batch
    monkeypatch.setattr(run, "read_batch", lambda some, *more: read.append(some[0].name) or read_batch(some, *more))
    make_archive(news, "archive")
    assert read == ["news.jsonl:6", "news.jsonl:16"]
    make_archive(news, "fresh")
    assert held("archive") == held("fresh")


def test_the_folder_of_another_run_is_refused(folder, news, monkeypatch):
    make_archive(news, "archive")
    before = held("archive")
    for change, sentence in {
        "kit": f"archive holds an archive by kit {kit.__version__}, and this is kit 9. Name a new folder.",
        "reader": "archive holds readings by kit 1.0, and you ask for the strong reader. Name a new folder.",
        "inputs": "archive holds an archive of news.jsonl, and you name ., news.jsonl. Name a new folder.",
        "schema": "archive holds an archive of the form archive/1, and this kit writes archive/2. Name a new folder.",
    }.items():
        with monkeypatch.context() as patch:
            if change in ("kit", "schema"):
                name, value = {"kit": ("__version__", "9"), "schema": ("SCHEMA", "archive/2")}[change]
                patch.setattr(archives, name, value)
            paths = [".", *news] if change == "inputs" else news
            with pytest.raises(KitError) as error:
                make_archive(paths, "archive", reader="strong" if change == "reader" else "kit")
            assert str(error.value) == sentence
    (folder / "archive" / "archive.json").write_text("{")
    with pytest.raises(KitError, match=r"archive\.json is damaged"):
        make_archive(news, "archive")
    (folder / "archive" / "archive.json").write_bytes(before["archive.json"])
    assert held("archive") == before


def test_a_folder_with_other_files_or_a_file_is_refused(folder, news):
    (folder / "mine").mkdir()
    (folder / "mine" / "letter.txt").write_text("Dear Ada")
    with pytest.raises(KitError, match=r"^mine holds other files\. Name a new folder"):
        make_archive(news, "mine")
    with pytest.raises(KitError, match=r"^news\.jsonl is a file\. Name a folder"):
        make_archive(news, "news.jsonl")
    assert [path.name for path in (folder / "mine").iterdir()] == ["letter.txt"]


def test_two_runs_at_once_are_refused(news):
    with (
        archives.opened(Path("archive"), archives.about_run(news, "kit")),
        pytest.raises(KitError, match=r"^Another run is writing into archive\. Wait for it"),
    ):
        make_archive(news, "archive")


# ------------------------------------------------------------------------------------------ who reads


def test_two_processes_make_the_same_even_if_one_is_killed(news, monkeypatch):
    """The one that is killed has its batch read again by another."""
    import multiprocessing

    killed, add = [], run._Run.add

    def kill_one(self, batch, rows):
        if not killed:
            killed.append(multiprocessing.active_children()[0])
            killed[0].kill()
            killed[0].join()
        add(self, batch, rows)

    monkeypatch.setattr(run._Run, "add", kill_one)
    monkeypatch.setattr(batching, "PER_BATCH", 1)
    make_archive(news, "archive", workers=2)
    monkeypatch.setattr(run._Run, "add", add)
    assert killed
    make_archive(news, "alone")
    assert held("archive") == held("alone")


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL")
def test_a_worker_ends_with_what_started_it():
    """Even where that was killed: nothing stays behind and holds memory."""
    started = "from kit.corpus.workers import _pool; _pool(1).submit(os.getpid).result()"
    killed = f"import os, signal\nif __name__ == '__main__':\n    {started}\n    os.kill(os.getpid(), signal.SIGKILL)\n"
    Path("killed.py").write_text(killed)
    # This waits until nobody is there any more who could still write.
    done = subprocess.run([sys.executable, "killed.py"], capture_output=True, timeout=60)
    assert done.returncode == -signal.SIGKILL


def test_processes_that_die_again_and_again_are_a_sentence(news, monkeypatch):
    class Dying:
        def submit(self, *_):
            future = Future()
            future.set_exception(BrokenProcessPool("killed"))
            return future

        def shutdown(self, **_):
            pass

    monkeypatch.setattr(workers, "_pool", lambda _: Dying())
    with pytest.raises(KitError, match=r"^Workers died 3 times between news\.jsonl:\d+ and .* too little memory"):
        make_archive(news, "archive", workers=2)


def test_workers_with_another_kit_are_refused(news, monkeypatch):
    monkeypatch.setattr(run, "__version__", "9")
    with pytest.raises(KitError, match=r"^A worker has kit .*, and this is kit 9\. Install the same one on all\.$"):
        make_archive(news, "archive")


def test_there_is_one_worker_at_least(news):
    with pytest.raises(KitError, match="--workers takes a whole number, 1 or more"):
        make_archive(news, "archive", workers=0)


@pytest.fixture
def cluster():
    """A Dask scheduler with two workers, in threads of this process."""
    from distributed import LocalCluster

    options = {"n_workers": 2, "threads_per_worker": 1, "processes": False, "dashboard_address": None}
    with LocalCluster(protocol="tcp", host="127.0.0.1", **options) as cluster:
        yield cluster


@pytest.mark.filterwarnings("ignore")  # What Dask has to say when it dies is its own.
def test_workers_and_the_scheduler_of_dask_may_die(news, cluster, monkeypatch):
    add, done = run._Run.add, []

    def disturb(self, batch, rows):
        done.append(batch.name)
        if len(done) == 1:
            cluster.sync(next(iter(cluster.workers.values())).close)
        if len(done) == 2:
            cluster.close()
        add(self, batch, rows)

    monkeypatch.setattr(run._Run, "add", disturb)
    monkeypatch.setattr(scheduler, "TO_CONNECT", 3)
    monkeypatch.setattr(batching, "PER_BATCH", 1)  # far more than can be on their way at once
    with pytest.raises(KitError, match=r"^The scheduler at tcp://127.* went away\. What is finished is kept: run"):
        make_archive(news, "archive", scheduler=cluster.scheduler_address)
    assert 2 <= len(list(Path("archive/articles").glob("*"))) < 18
    monkeypatch.setattr(run._Run, "add", add)
    make_archive(news, "archive")
    make_archive(news, "alone")
    assert held("archive") == held("alone")


def test_a_scheduler_that_isnt_there_is_a_sentence(news, monkeypatch):
    monkeypatch.setattr(scheduler, "TO_CONNECT", 0.2)
    with pytest.raises(
        KitError, match=r"^There is no Dask scheduler at tcp://127\.0\.0\.1:9 .* Start one: dask scheduler"
    ):
        make_archive(news, "archive", scheduler="tcp://127.0.0.1:9")


# ------------------------------------------------------------------------------------------ what comes out


def test_a_reading_can_be_made_of_the_rows_again(folder):
    make_archive(["blinken"], "archive")
    story = kit.load("blinken")
    (row,) = rows("archive")
    assert (row["text"], row["title"], row["sha256"]) == (story.text, story.title, story.sha256)
    assert (row["publisher"], row["notes"]) == ("dpa", [])
    assert sum(said["words"] for said in row["voices"]) == row["words"]
    again = []
    for mark in rows("archive", "annotations"):
        parts, details = {}, {part["name"]: part["value"] for part in mark["details"]}
        for part in mark["parts"]:
            parts.setdefault(part["name"], []).append((part["start"], part["end"]))
        details |= {
            name: mark[name] for name in ("speaker", "speaker_kind", "stance", "basis", "perhaps") if mark[name]
        }
        again.append(read_annotation(mark | {"parts": parts, "details": details}, len(story.text)).to_dict(story.text))
    read = [mark.to_dict(story.text) for mark in kit.annotate(story).annotations]
    for mark in read:
        mark.pop("reasons", None)
        mark["details"] = {name: value for name, value in mark.get("details", {}).items() if value}
        again[read.index(mark)].setdefault("details", {})
    assert again == read
    quoted = [mark for mark in rows("archive", "annotations") if mark["content"]]
    assert all(mark["cue"] in mark["text"] for mark in quoted if mark["cue"] and " … " not in mark["cue"])


def test_files_have_the_schema_and_say_so(news):
    make_archive(news, "archive")
    for table in TABLES:
        for path in Path("archive", table).iterdir():
            assert pq.read_schema(path).equals(arrow_schema(table), check_metadata=False)
            assert pq.read_schema(path).metadata[b"schema"] == b"archive/1"
    assert json.loads(Path("archive/archive.json").read_bytes())["rows"] == archives.Archive(Path("archive")).counts()


@pytest.mark.parametrize("table", TABLES)
def test_the_page_shows_the_schema(table):
    assert f"### {table}\n\n{markdown(table)}\n" in PAGE


def test_the_page_says_what_columns_may_be_called():
    for called in tables.FIELDS.values():
        assert ", ".join(f"`{name}`" for name in called) in PAGE


def columns(answer):
    return dict(zip(answer.columns, zip(*answer.fetchall(), strict=True), strict=True))


def test_the_five_questions_are_answered(folder):
    write_invented("news.jsonl", 40)
    make_archive(["news.jsonl"], "archive")
    answers = [duckdb.sql(code) for code in re.findall(r"^```sql\n(.*?)^```$", PAGE, re.M | re.S)]
    assert len(answers) == 5
    words, sources, bases, months, loaded = map(columns, answers)
    assert sum(words["by_reporters"]) + sum(words["by_sources"]) == sum(row["words"] for row in rows("archive"))
    assert sources["publisher"] == ("Harbour Courier", "Valley Post")
    assert sources["percent_named"][0] > sources["percent_named"][1]
    marks = [row for row in rows("archive", "annotations") if row["layer"] == "attribution" and row["source"]]
    assert sum(sources["sources"]) == len(marks)
    assert sum(bases["times"]) == len([mark for mark in marks if mark["cue"]])
    assert list(months["month"]) == sorted(months["month"])
    assert min(months["others"]) > max(months["own"])
    assert "shameful" in loaded["word"]


def test_pandas_and_polars_read_it(news):
    """CI installs them, after everything else; `make setup` doesn't. DuckDB answers the questions above."""
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    make_archive(news, "archive")
    rows_there = archives.Archive(Path("archive")).counts()["annotations"]
    assert len(pandas.read_parquet("archive/annotations")) == rows_there
    assert polars.read_parquet("archive/annotations/*.parquet").height == rows_there


# ------------------------------------------------------------------------------------------ around it


@pytest.mark.parametrize("column", QUESTIONS)
def test_a_chart_says_what_its_table_says(column):
    write_invented("news.jsonl", 60)
    chart = sources_chart(make_archive(["news.jsonl"], "archive"), column, by="publisher")
    courier, post = chart.section.rows
    assert (courier[0], post[0]) == ("Harbour Courier", "Valley Post")
    assert all(99 <= sum(row[2:]) <= 101 for row in (courier, post))
    assert courier[2] > post[2]  # who are named, and of whom an office is told
    drawn = chart.spec["data"]["values"]
    for name, sources, *shares in (courier, post):
        of_it = [row["words"] for row in drawn if row["who"] == f"{name}, {sources} sources"]
        assert [round(100 * words / sources) for words in of_it] == shares
        assert sum(of_it) == sources


def test_a_chart_that_there_is_none_of_is_refused(news):
    archive = make_archive(news, "archive")
    with pytest.raises(KitError, match=r"^There is no chart of 'mood'\. There are: speaker_kind, basis\.$"):
        sources_chart(archive, "mood", by="publisher")


def test_the_kit_finds_nearly_what_was_invented():
    """What the notebook says: shares that agree closely, and a few sources too many."""
    write_invented("news.jsonl", 240)
    found = sources_chart(make_archive(["news.jsonl"], "archive"), "speaker_kind", by="publisher").section.rows
    for (paper, sources, named, _), (of_paper, real_sources, really_named) in zip(
        found, as_invented(240).rows, strict=True
    ):
        assert paper == of_paper
        assert abs(named - really_named) <= 3
        assert real_sources < sources < real_sources * 1.1
    titles = [row["text"] for row in rows("archive", "annotations") if row["layer"] == "attribution"]
    assert any(text.startswith("Kelm plans a cycle lane") for text in titles)


def test_a_notebook_that_lacks_an_extra_is_not_run_and_no_failure(monkeypatch, capsys):
    notebook = ROOT / "notebooks" / "extra_many_articles.ipynb"
    assert needs_extra(notebook) == "corpus"
    monkeypatch.setitem(EXTRAS, "corpus", ("Apache Arrow", ("no_such_module",)))
    result = check_one(notebook)
    assert (result.problems, result.cells) == ([], 0)
    assert result.line().startswith("not run ")
    assert result.line().endswith('This needs Apache Arrow: pip install "between-the-lines[corpus]"')
    with pytest.raises(KitError, match=r"^This needs Apache Arrow"):
        kit.make_archive(["news.jsonl"], "archive")


def test_where_arrow_isnt_there_the_notebook_says_so_in_a_sentence():
    """As in a browser: no Arrow, no processes, no database. What comes before is all there."""
    cells = json.loads((ROOT / "notebooks" / "extra_many_articles.ipynb").read_bytes())["cells"]
    start, write, read, *_ = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    hidden = "import sys; sys.modules.update(dict.fromkeys(('pyarrow', '_multiprocessing', 'sqlite3', 'distributed')))"
    tried = f"print('---')\ntry:\n    {read.splitlines()[0]}\nexcept kit.KitError as error:\n    print(error)"
    code = "\n".join([hidden, start, write, tried])
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr == ""
    report, sentence = done.stdout.split("---\n")
    assert report.startswith("More trees for Port Vorn")
    assert sentence == 'This needs Apache Arrow: pip install "between-the-lines[corpus]"\n'


def test_invented_articles_are_as_their_papers_are():
    some = list(invented_articles(300))
    assert len({article["text"] for article in some}) == 300
    assert some == list(invented_articles(300))
    for paper, share in {"Harbour Courier": 0.8, "Valley Post": 0.4}.items():
        of_it = [article for article in some if article["publisher"] == paper]
        assert sum(article["named"] for article in of_it) / 3 / len(of_it) == pytest.approx(share, abs=0.06)
    assert not [article for article in some if re.search(r"[{}]|,\.|\.\.|\bsaid \w+ said", article["text"])]
