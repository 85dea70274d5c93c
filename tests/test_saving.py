"""Saving: two notebooks at the same moment, a notebook that is killed, disks and drives that fail."""

import errno
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest
from each_exercise import EXERCISES, LESSON, each_exercise, said

from benchmarks.never_lost import broken_by_kills, lost_by_two, no_locks
from kit import files
from kit.classroom.gathering import find_files
from kit.course import answer_file, answers, answers_folder, hand_in_file, lesson_map
from kit.course.answers import Answers
from kit.course.hand_in import hand_in
from kit.files import LOCK_FILE, alone_in, write_atomically
from kit.sources.load import load
from kit.widgets.quiz import Quiz

can_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="Two notebooks are played by processes that fork.")


@can_fork
def test_two_notebooks_that_save_at_the_same_moment_lose_nothing(tmp_path):
    assert lost_by_two(tmp_path, load("blinken"), 25) == 0


@can_fork
def test_without_locks_nothing_is_lost_once_both_have_looked_again(tmp_path):
    assert lost_by_two(tmp_path, load("blinken"), 25, locks=False) == 0


@can_fork
def test_a_notebook_killed_while_it_saves_leaves_the_file_whole(tmp_path):
    assert broken_by_kills(tmp_path, load("blinken"), 15) == []


def test_what_the_dead_left_is_swept_and_nothing_of_anybody_else(folder):
    store = Answers(folder / "lesson.json", load("blinken"))
    store.put("a", {"text": "1"})
    (folder / ".lesson.json.x8a1").write_text("half")
    (folder / ".lesson.json.mine.json.x8a1").write_text("half")
    (folder / ".other.json.x8a1").write_text("alive")
    store.put("a", {"text": "2"})
    assert {path.name for path in folder.iterdir()} == {"lesson.json", ".other.json.x8a1", LOCK_FILE}


def test_a_live_writer_is_waited_for_and_never_swept(folder, monkeypatch):
    """Whoever can't be alone neither writes nor sweeps."""
    monkeypatch.setattr(files, "PATIENCE", 0.05)
    store = Answers(folder / "lesson.json", load("blinken"))
    with alone_in(folder) as alone:
        assert alone
        half = folder / ".lesson.json.x8a1"
        half.write_text("half")
        store.put("a", {"text": "1"})
        assert half.exists()
        assert not store.saved("a")
        assert "another notebook is saving all the time" in store.message
    store.save_again()
    assert store.saved("a")
    assert not half.exists()


@pytest.mark.parametrize("error", [errno.ENOLCK, errno.ENOTSUP, None], ids=["ENOLCK", "ENOTSUP", "no flock at all"])
def test_a_file_system_without_locks(folder, monkeypatch, error):
    import filelock

    def refuse(lock):
        raise OSError(error, "no locks") if error else NotImplementedError

    monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
    with alone_in(folder) as alone:
        assert not alone
    store = Answers(folder / "lesson.json", load("blinken"))
    store.put("a", {"text": "1"})
    assert store.saved("a")


def test_without_locks_what_another_wrote_over_is_saved_again(folder, monkeypatch):
    monkeypatch.setattr(answer_file, "alone_in", no_locks)
    store = Answers(folder / "lesson.json", load("blinken"))
    store.put("a", {"text": "first"})
    older = store.path.read_bytes()
    store.put("a", {"text": "second"})
    store.path.write_bytes(older)  # by somebody who read it before
    store.put("b", {"text": "other"})
    again = Answers(store.path, store.article)
    again.refresh()
    assert [again.get(name)["text"] for name in "ab"] == ["second", "other"]
    assert again.history("a") == [{"text": "first"}]


def test_in_a_browser_there_are_no_locks_and_none_are_looked_for(folder, monkeypatch):
    monkeypatch.setattr(sys, "platform", "emscripten")
    monkeypatch.setitem(sys.modules, "filelock", None)
    with alone_in(folder) as alone:
        assert not alone
    assert list(folder.iterdir()) == []


# ------------------------------------------------------------------------------------------ disks and drives


def full_disk(patch):
    """There is no room for another byte."""

    def fsync(handle):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    patch.setattr(os, "fsync", fsync)


def read_only_folder(patch):
    """As one without the right to make files, which would be no hindrance to a test that root runs."""

    def mkstemp(**options):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    patch.setattr(tempfile, "mkstemp", mkstemp)


def drive_away(patch):
    """Nothing on it can be read, made or written."""

    def away(path, *args, **options):
        raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN))

    for method in ("read_bytes", "mkdir"):
        patch.setattr(Path, method, away)


FAILURES = {
    "full disk": (full_disk, os.strerror(errno.ENOSPC)),
    "read-only folder": (read_only_folder, os.strerror(errno.EACCES)),
    "drive away": (drive_away, os.strerror(errno.ENOTCONN)),
}


@pytest.mark.parametrize("failure", FAILURES)
@each_exercise
def test_what_cannot_be_saved_is_kept_and_saved_once_it_can_be(folder, kind, failure):
    make, give, trait = EXERCISES[kind]
    fail, reason = FAILURES[failure]
    widget = make()
    path = widget._answers.path
    widget._answers.put("other", {"text": "It was there before."})
    before = path.read_bytes()
    assert not widget.unsaved
    with pytest.MonkeyPatch.context() as patch:
        fail(patch)
        give(widget)
        widget._handle_custom_msg({"do": "save", "id": ""}, [])  # as the page asks again and again
        given = getattr(widget, trait)
        assert widget.unsaved
        assert said(widget).startswith(f"Can't be saved in answers/{path.name} ({reason}): the kit goes on trying")
        assert said(widget).count(". ") == 0
        assert [file.name for file in folder.glob(".*.json.*")] == []
    assert path.read_bytes() == before
    widget._handle_custom_msg({"do": "save", "id": ""}, [])
    assert not widget.unsaved
    assert "aved in answers/" in said(widget)
    answers.forget_open()
    again = make()
    assert getattr(again, trait) == given
    assert again._answers.get("other") == {"text": "It was there before."}
    assert list(folder.glob("*.broken-*")) == []


def test_a_drive_that_is_away_while_nothing_is_done_is_told_of_and_changes_nothing(folder):
    store = answers.open_answers(LESSON)
    store.put("a", {"text": "1"})
    with pytest.MonkeyPatch.context() as patch:
        drive_away(patch)
        store = answers.open_answers(LESSON)
        assert "can't be read" in store.message
        assert store.get("a") == {"text": "1"}
    assert answers.open_answers(LESSON).message == ""


def test_a_folder_that_vanished_comes_back_with_all_that_was_in_memory(folder):
    store = answers.open_answers(LESSON)
    store.put("a", {"text": "1"})
    store.put("b", {"text": "2"})
    shutil.rmtree(folder)
    store.put("b", {"text": "3"})
    answers.forget_open()
    assert [answers.open_answers(LESSON).get(name)["text"] for name in "ab"] == ["1", "3"]


def test_a_file_that_somebody_deleted_is_gone(folder):
    store = answers.open_answers(LESSON)
    store.put("a", {"text": "1"})
    store.path.unlink()
    store.put("b", {"text": "2"})
    assert (store.get("a"), store.get("b")) == ({}, {"text": "2"})


# ------------------------------------------------------------------------------------------ other files


def test_the_lock_is_in_no_list_no_file_handed_in_and_no_class(folder):
    Quiz(f"{LESSON}/look-back").text = "Words."
    lesson_map.keep_place(LESSON, {"step": 2})
    done = hand_in("Kim")
    locks = sorted(path.relative_to(folder).as_posix() for path in folder.rglob(LOCK_FILE))
    assert locks == [LOCK_FILE, f"{hand_in_file.FOLDER}/{LOCK_FILE}"]
    assert LOCK_FILE not in done.file.read_text("utf-8")
    found = list(find_files([folder]))
    assert not [one for one in found if LOCK_FILE in str(one)]


@can_fork
def test_two_that_begin_afresh_at_once_get_a_folder_each(folder, monkeypatch):
    """While one looks for a free number, the other has to wait."""
    monkeypatch.setattr(files, "PATIENCE", 0.05)
    with alone_in(folder), pytest.raises(OSError, match="another notebook"):
        answers_folder.start_afresh()
    assert answers_folder.start_afresh().name == "person-2"
    assert answers_folder.start_afresh().name == "person-3"


def test_what_is_written_alone_is_whole_and_what_fails_leaves_no_trace(tmp_path):
    file = tmp_path / "a.txt"
    write_atomically(file, "old")
    with pytest.raises(UnicodeEncodeError):
        write_atomically(file, "\ud800")
    assert file.read_text("utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
