"""The teacher's page about a class: what is gathered from any layout, counted, drawn, and written into a table."""

import base64
import csv
import hashlib
import io
import json
import random
import re
import zipfile
from dataclasses import replace
from email.message import EmailMessage
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from statistics import NormalDist, fmean

import pytest
from conftest import ROOT
from invented_class import InventedClass, marks_of

import kit
from kit.classroom.class_discernment import total
from kit.classroom.class_marks import marked_text
from kit.classroom.class_reading import class_readings
from kit.classroom.class_report import marked_texts
from kit.classroom.class_work import Marked, class_work
from kit.classroom.consensus import consensus
from kit.classroom.discernment import Counts, change, change_in_words
from kit.classroom.discussion import discuss, follow
from kit.classroom.grades_csv import grades_csv, match, read_roster
from kit.classroom.hand_ins import gather
from kit.classroom.marking_cells import marking_tasks
from kit.classroom.owners import owner_of, pseudonyms, short_key
from kit.classroom.talking_points import talking_points
from kit.cli import main
from kit.comparing.alpha import alpha
from kit.course.answers import forget_open
from kit.course.hand_in_code import to_code
from kit.course.other_readings import other_readings
from kit.errors import KitError
from kit.text.words import covered
from kit.widgets.marker import Marker
from kit.widgets.quiz import Quiz

SIZE = 12
LESSON = "02_who_says_so"
MARK = f"{LESSON}/mark"


@pytest.fixture(scope="module")
def invented():
    return InventedClass(SIZE)


@pytest.fixture(scope="module")
def kim(invented):
    """What a student hands in."""
    return invented.hand_in(0) | {"name": "Kim Lee", "at": "2026-11-29T10:00:00+00:00"}


@pytest.fixture(scope="module")
def work(invented, tmp_path_factory):
    return class_work(*gather([invented.write(tmp_path_factory.mktemp("class"))]))


@pytest.fixture(scope="module")
def texts(work):
    return marked_texts(work)


def text_of(texts, exercise):
    return next(text for text in texts if text.exercise.id == exercise)


def write(folder: Path, files: dict[str, object]) -> Path:
    """Files by name: bytes, a text, or what is to be JSON."""
    for name, held in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = held if isinstance(held, bytes | str) else json.dumps(held)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


def zipped(files: dict[str, object]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held if isinstance(held, bytes | str) else json.dumps(held))
    return into.getvalue()


def names_in(folder: Path) -> list[str]:
    return [student.name for student in gather([folder])[0]]


def said_of(folder: Path) -> str:
    return "\n".join(f"{one.where}: {one.sentence}" for one in gather([folder])[1])


# ------------------------------------------------------------------------------------------ whose a file is

OWNERS = (  # the file as the platform names it, the name typed in it, the name that we want, whether it is vouched for
    ("Amira Khan_4711_assignsubmission_file_/hand-in.json", "", "Amira Khan", True),
    ("Amira Khan_4711_assignsubmission_file_hand-in.json", "Mimi", "Amira Khan", True),
    ("Ó Néill, Ciarán_99_assignsubmission_onlinetext_/onlinetext.html", "", "Ó Néill, Ciarán", True),
    ("khanamira_12345_678910_hand-in.json", "Amira Khan", "Amira Khan", True),
    ("khanamira_LATE_12345_678910_hand-in-2.json", "", "khanamira", True),
    ("Submitted files/Khan Amira/Lesson 2/Version 3/hand-in.json", "", "Khan Amira", True),
    ("Amira Khan - hand-in.json", "", "Amira Khan", False),
    ("hand-in (3).json", "Amira Khan", "Amira Khan", False),
    ("02_who_says_so_Amira-K_2.json", "", "Amira K", False),
    ("all_lessons_Amira-K.json", "Amira Khan", "Amira Khan", False),
    ("Amira/answers/hand-in.json", "", "Amira", False),
    ("class 9b/Amira/answers/person-2/hand-in.json", "", "Amira", False),
    ("02_who_says_so_no-name.json", "", "", False),
)


@pytest.mark.parametrize(("path", "typed", "name", "known"), OWNERS, ids=[row[0] for row in OWNERS])
def test_whose_a_file_is(path, typed, name, known):
    owner = owner_of(tuple(path.split("/")), typed)
    assert (owner.name, owner.known) == (name, known)


def test_a_class_is_found_in_every_layout(tmp_path, kim):
    one = {key: kim[key] for key in kim if key != "name"}
    files = {
        "moodle.zip": zipped({"Ada Moodle_1_assignsubmission_file_/hand-in.json": one}),
        "canvas.zip": zipped({"canvasbea_2_3_hand-in.json": kim | {"name": "Bea Canvas"}}),
        "Teams/Submitted files/Cem Teams/Lesson 2/hand-in.json": one,
        "Drive/Dia Drive - hand-in.json": one,
        "sent.zip": zipped({"again.zip": zipped({f"{LESSON}_Eve-Sent.json": one})}),
        "answers/Finn/answers/02_who_says_so.json": kim["readings"][LESSON],
    }
    assert names_in(write(tmp_path, files)) == [
        "Ada Moodle",
        "Bea Canvas",
        "Cem Teams",
        "Dia Drive",
        "Eve Sent",
        "Finn",
    ]


def test_the_last_counts_and_is_said(tmp_path, kim):
    later = kim | {"at": "2026-11-29T11:00:00+01:00", "readings": {LESSON: {"answers": {}, "annotations": []}}}
    last = kim | {"at": "2026-11-29T12:00:00+00:00", "readings": {LESSON: kim["readings"][LESSON] | {"reader": "now"}}}
    write(tmp_path, {"b.json": later, "a.json": last, "c.json": kim, "d.json": kim})
    (student,), _ = gather([tmp_path])
    assert student.readings[LESSON]["reader"] == "now"
    assert set(student.readings) == set(kim["readings"])  # what was not handed in again stays
    said = said_of(tmp_path)
    assert "d.json holds the same as c.json: counted once" in said
    assert "Handed in twice (02_who_says_so): a.json counts, being the later one, and d.json does not" in said


def test_people_with_one_name_are_two_where_a_platform_knows(tmp_path, kim):
    other = kim | {"readings": {LESSON: kim["readings"][LESSON] | {"reader": "another"}}}
    write(
        tmp_path,
        {f"Kim Lee_{number}_assignsubmission_file_/hand-in.json": one for number, one in ((1, kim), (2, other))},
    )
    assert names_in(tmp_path) == ["Kim Lee (1)", "Kim Lee (2)"]
    assert "2 students have this name" in said_of(tmp_path)
    write(tmp_path, {"Kim Lee_3_assignsubmission_file_/hand-in.json": kim})
    assert "Kim Lee (1) and Kim Lee (3): They handed in the very same answers" in said_of(tmp_path)


def test_a_typed_name_joins_whom_the_platform_knows(tmp_path, kim):
    one = kim | {"readings": {"03_how_sure": kim["readings"]["03_how_sure"]}}
    write(tmp_path, {"Kim Lee_1_assignsubmission_file_/hand-in.json": kim, "mails/03_how_sure_Kim-Lee.json": one})
    assert names_in(tmp_path) == ["Kim Lee"]


def test_a_whole_folder_of_answers_is_one_student(tmp_path, kim):
    bare = {f"Kim/answers/{lesson}.json": reading for lesson, reading in kim["readings"].items() if "." not in lesson}
    write(tmp_path, {**bare, "Kim/answers/handed-in/all_lessons_Kim-Lee.json": kim})
    assert names_in(tmp_path) == ["Kim Lee"]
    assert said_of(tmp_path) == ""


DEEP = "[" * 100_000
LOCKED = base64.b64decode(  # a zip with a password
    "UEsDBAoACQAAAAAAIQAAAAAAEAAAAAQAAAAGAAAAYS5qc29u4OJ6rzpVqXbNgwOFtQq9GFBLBwgAAAAAEAAAAAQAAABQSwECHgMKAAkAAAAAACEAAAAA"
    "ABAAAAAEAAAABgAAAAAAAAAAAAAAAAAAAAAAYS5qc29uUEsFBgAAAAABAAEANAAAAEQAAAAAAA=="
)
BAD = (  # a file that can't be used, and what is said of it
    ("half.json", '{"schema": "hand-in/1", "nam', "half.json: It isn't whole"),
    ("deep.json", DEEP, "deep.json: It isn't whole"),
    ("list.json", "[1, 2]", "list.json: It isn't a hand-in of this course"),
    ("other.json", '{"schema": "otter/3"}', "other.json: It isn't a hand-in of this course"),
    ("empty.json", {"schema": "hand-in/1", "readings": {}}, "empty.json: Nothing is answered in it"),
    ("none.json", {"schema": "hand-in/1", "readings": 3}, "none.json: It is broken"),
    (
        "course.json",
        {"schema": "hand-in/1", "readings": {"99_x": {}}},
        "'99_x'. That was left out. A lesson of your own is",
    ),
    ("torn.zip", b"PK\x03\x04 and no more", "torn.zip: The zip is damaged"),
    ("locked.zip", LOCKED, "locked.zip › a.json: It is locked with a password"),
    ("large.json", b" " * 20_000_001, "large.json: It has more than 20 MB"),
    ("bomb.zip", zipped({"bomb.json": b" " * 20_000_001}), "bomb.zip › bomb.json: It has more than 20 MB"),
    ("photo.png", b"\x89PNG", "1 file of another kind left alone: photo.png"),
    ("code.txt", "BTL1-ABCDEFGHIJKLMNOP-END", "code.txt: The code BTL1-ABCDEFGHI… is damaged"),
    ("list.csv", "Name,Code\nKim,BTL1-ABCDEFGHIJKLMNOP-END\n", "list.csv, line 2: The code BTL1-ABCDEFGHI… is damaged"),
)


@pytest.mark.parametrize(("name", "held", "said"), BAD, ids=[row[0] for row in BAD])
def test_what_cannot_be_used_is_named_and_stops_nothing(tmp_path, kim, name, held, said):
    write(tmp_path, {name: held, "good.json": kim})
    assert names_in(tmp_path) == ["Kim Lee"]
    assert said in said_of(tmp_path)


def test_zips_in_zips_end_and_no_name_leads_out(tmp_path, kim):
    inner = zipped({"../../../tmp/evil/hand-in.json": kim, "C:\\Users\\kim\\hand-in.json": kim})
    write(tmp_path, {"in.zip": zipped({"a.zip": zipped({"b.zip": zipped({"c.zip": inner})}), "x/../../k.json": kim})})
    before = sorted(tmp_path.rglob("*"))
    assert names_in(tmp_path) == ["Kim Lee"]
    assert "A zip in a zip in a zip" in said_of(tmp_path)
    assert ".." not in said_of(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_class_too_large_for_one_zip_is_not_unpacked(tmp_path, kim, monkeypatch):
    monkeypatch.setattr("kit.classroom.gathering.LARGEST_UNPACKED", 1000)
    write(tmp_path, {"big.zip": zipped({"a.json": kim}), "good.json": kim})
    assert "big.zip › a.json: It has more than" in said_of(tmp_path)


def test_broken_answers_leave_the_others(tmp_path, kim):
    bad = json.loads(json.dumps(kim))
    reading = bad["readings"][LESSON]
    reading["answers"]["mark"]["first"][0]["end"] = 10**9
    reading["answers"]["nested"] = ["?"]
    reading["answers"]["<script>"] = {"committed": True}
    reading["answers"]["again-missing"] = {"committed": True}  # A question of the lesson before: no news.
    bad["readings"]["03_how_sure"]["answers"] = 7
    work = class_work(*gather([write(tmp_path, {"bad.json": bad})]))
    said = " ".join(one.sentence for one in work.problems)
    assert "Mark who speaks: the beginning of the story: the marks are broken" in said
    assert "the answer is broken and was left out" in said
    assert "not of this version of the lesson, and left out: <script>." in said
    assert "03_how_sure: the answers are broken" in said
    assert work.exercises[f"{LESSON}/look-back"].given


def mail(sender: str, text: str, **attached: bytes) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["Subject"] = sender, "Lesson 2"
    made.set_content(text, cte="base64")
    made.add_alternative(f"<p>{text}</p>", subtype="html")
    for name, held in attached.items():
        made.add_attachment(held, maintype="application", subtype="json", filename=f"{name}.json")
    return made


def test_codes_come_out_of_texts_tables_and_mailboxes(tmp_path, kim):
    def code(name):
        return to_code(kim | {"name": name}, LESSON)

    long = code("Dora Mail")
    wrapped = "=\n".join(long[at : at + 70] for at in range(0, len(long), 70))
    sheet = zipped({"xl/sharedStrings.xml": f"<sst><si><t>{code('Cleo Sheet')}</t></si></sst>"})
    sent = (
        mail("Émile Box <e@school.example>", f"Bonjour\n{code('')}\n"),
        mail("Fay Box <f@school.example>", "see below", work=json.dumps(kim | {"name": ""}).encode()),
        mail("Ad <ad@shop.example>", "Buy now"),
    )
    files = {
        "chat.txt": f"here is mine\n{code('Abe Text')}\nthanks",
        "form.csv": f'time,answer\n10:00,"{code("Bo Table")}"\n',
        "form.xlsx": sheet,
        "reply.eml": f"From: x\nSubject: done\nContent-Transfer-Encoding: quoted-printable\n\n> {wrapped}\n",
        "inbox.mbox": b"\n".join(b"From x Sun Nov 29 2026\n" + bytes(one) + b"\n" for one in sent),
        "notes.txt": "nothing in here",
    }
    work = class_work(*gather([write(tmp_path, files)]))
    names = [student.name for student in work.students]
    assert names == ["Abe Text", "Bo Table", "Cleo Sheet", "Dora Mail", "Fay Box", "Émile Box"]
    assert len(work.exercises[MARK].marks) == len(names)
    given = work.exercises[f"{LESSON}/look-back"].given
    assert [one.left_out for one in given.values()].count(True) == len(names) - 1  # a file holds the words, too
    assert [one.where for one in work.problems if "neither a hand-in nor a code" in one.sentence] == ["notes.txt"]


def test_what_the_kit_itself_hands_in_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("BTL_ANSWERS", str(tmp_path / "answers"))
    forget_open()
    marker = Marker(MARK, kit.load("blinken"), layer="attribution", labels=["cue"], paragraphs=(2, 5))
    marker.marks = [{"first": 3, "last": 3, "label": "cue", "sure": True}]
    marker.commit()
    quiz = Quiz(f"{LESSON}/first-look")
    quiz.picked, quiz.sure = [quiz.item.options[0].id], "sure"
    quiz.commit()
    kit.hand_in("Kim Lee")
    forget_open()
    work = class_work(*gather([tmp_path / "answers"]))
    assert [student.name for student in work.students] == ["Kim Lee"]
    assert work.problems == []
    assert work.exercises[MARK].marks == {0: (Marked((3,), "cue", True),)}
    assert work.exercises[f"{LESSON}/first-look"].states == {0: "done"}


def test_birds_stay_with_their_students():
    before, after = pseudonyms(["a", "b", "c"]), pseudonyms(["c", "b", "a"])
    assert before == after
    assert len(set(pseudonyms(map(str, range(1000))).values())) == 1000


# ------------------------------------------------------------------------------------------ what is counted


def test_who_did_what_and_how_first_answers_were(invented, work):
    exercise = work.exercises[f"{LESSON}/no-source"]
    assert list(exercise.states.values()) == SIZE * ["done"]
    first = {number: exercise.given[number].first["picked"] for number in range(SIZE)}
    for number in range(SIZE):
        stored = invented.hand_in(number)["readings"][LESSON]["answers"]["no-source"]
        (student,) = [at for at, one in enumerate(work.students) if one.name == invented.hand_in(number)["name"]]
        wanted = stored.get("history", [stored])[0]["picked"]
        assert sorted(first[student]) == sorted(wanted)


def test_agreement_is_as_counted_another_way(texts):
    text = text_of(texts, MARK)
    marked = [{word for mark in own for word in mark.words} for own in text.exercise.marks.values()]
    words = range(len(text.task.words))
    # Krippendorff's alpha for two values and no gaps, from its definition: pairs that differ, seen and by chance.
    differ = fmean(one != other for word in words for one, other in combinations([word in m for m in marked], 2))
    ones, total = sum(map(len, marked)), len(marked) * len(words)
    by_chance = 2 * ones * (total - ones) / (total * (total - 1))
    assert text.alpha == pytest.approx(1 - differ / by_chance)
    assert text.alpha == pytest.approx(alpha([[word in m for word in words] for m in marked]))


def test_first_rounds_count_and_not_what_was_copied_afterwards(tmp_path, kim):
    copied = json.loads(json.dumps(kim))
    reading = copied["readings"][LESSON]
    reading["annotations"] = [mark for mark in reading["annotations"] if mark["details"]["exercise"] != "mark"]
    work = class_work(*gather([write(tmp_path, {"a.json": copied})]))
    assert len(work.exercises[MARK].marks[0]) == len(reading["answers"]["mark"]["first"])


def readers(task, known, number, hit, false, seed=3):
    """The words that readers mark of a text in which ``known`` is to be found."""
    chance = random.Random(seed)
    meant = {word for mark in known for word in range(mark["first"], mark["last"] + 1)}
    marked = {}
    for reader in range(number):
        own = {word for word in meant if chance.random() < hit}
        own |= {word for word in range(len(task.words)) if word not in meant and chance.random() < false}
        marked[reader] = own
    return meant, marked


def f1(some, others):
    return 2 * len(some & others) / (len(some) + len(others))


def test_thirty_readers_of_seven_tenths_make_a_reading_of_nine(invented):
    task, known = invented.tasks[f"{LESSON}/mark-rest"], invented.known[f"{LESSON}/mark-rest"]
    meant, marked = readers(task, known, 30, 0.7, 0.03)
    assert fmean(f1(one, meant) for one in marked.values()) == pytest.approx(0.7, abs=0.05)
    found = {word for word, chance in enumerate(consensus(marked, len(task.words)).words) if chance > 0.5}
    assert f1(found, meant) >= 0.9


def test_the_reliable_count_for_more(invented):
    task, known = invented.tasks[MARK], invented.known[MARK]
    meant, careful = readers(task, known, 4, 0.95, 0.01)
    _, careless = readers(task, known, 24, 0.3, 0.3, seed=5)
    together = careful | {reader + 4: words for reader, words in careless.items()}
    read = consensus(together, len(task.words))
    assert min(read.weights[reader] for reader in careful) > 1 + max(read.weights[reader + 4] for reader in careless)
    assert {word for word, chance in enumerate(read.words) if chance > 0.5} == meant
    assert {word for word in range(len(task.words)) if sum(word in own for own in together.values()) > 14} != meant


@pytest.mark.parametrize(("hit", "false"), [(0.8, 0.05), (0.6, 0.02), (0.9, 0.12)])
def test_discernment_is_what_was_planted(invented, work, hit, false):
    score, chance = NormalDist().inv_cdf, random.Random(1)
    exercise = work.exercises["02_who_says_so/mark-rest"]
    planted = [marks_of(exercise.task, invented.known[exercise.id], chance, hit, false) for _ in range(100)]
    own = {
        reader: tuple(Marked(tuple(range(mark["first"], mark["last"] + 1)), mark["label"]) for mark in marks)
        for reader, marks in enumerate(planted)
    }
    counts = total(marked_text(replace(exercise, marks=own), *other_readings(exercise.task.article)))
    assert counts.sensitivity == pytest.approx(score(hit) - score(false), abs=0.1)
    assert counts.criterion == pytest.approx(-(score(hit) + score(false)) / 2, abs=0.1)


def test_more_distrust_is_not_called_more_discernment():
    def group(hit, false, seed):
        chance = random.Random(seed)

        def some(share, of):
            return sum(chance.random() < share for _ in range(of))

        return [Counts(some(hit, 15), 15, some(false, 200), 200) for _ in range(30)]

    before = group(0.6, 0.05, 1)
    assert "better than before" in change_in_words(change(before, group(0.85, 0.04, 2)))
    assert "more distrust, not more discernment" in change_in_words(change(before, group(0.84, 0.25, 3)))
    assert change_in_words(change(before, group(0.6, 0.05, 4))) == "No clear change."
    assert "too few" in change_in_words(change(before[:4], before[:4]))


def test_hits_and_alarms_of_a_student(texts, work):
    text = text_of(texts, "03_how_sure/mark-rest")
    assert [place for place in text.places if place.careful and not place.careful.sure]
    careful = [place for place in text.places if place.careful and place.careful.sure]
    for student, counts in text.counts.items():
        assert counts.hits == sum(student in place.students for place in careful)
        assert counts.places == len(careful)
    assert text.key == "the careful reader"
    assert text_of(texts, "05_put_it_together/mark-signals").key == "the kit"


def test_two_labels_on_a_word_stay_two_and_a_split_is_kept_as_two_readings(work):
    exercise = work.exercises["03_how_sure/mark"]
    word = next(iter(exercise.marks.values()))[0].words
    own = {
        student: tuple(mark._replace(words=word, label=("modal", "belief")[student % 2]) for mark in marks[:1])
        for student, marks in exercise.marks.items()
    }
    both = next(iter(own))
    own[both] = (*own[both], own[both][0]._replace(label="hearsay"))
    text = marked_text(replace(exercise, marks=own), *other_readings(exercise.task.article))
    place = next(place for place in text.places if place.students)
    assert set(place.labels) == {"modal", "belief", "hearsay"}
    assert set(place.kept) == {"modal", "belief"}
    assert place.split


def test_what_to_talk_about(work, texts):
    points = talking_points(work, texts)
    missed, (sure, *_) = points["missed"], points["sure"]
    for point in missed:
        text = text_of(texts, point.exercise)
        marked, of = map(int, re.match(r"(\d+) of (\d+) marked it", point.said).groups())
        assert marked < of / 2
        assert of == len(text.readers)
        assert point.words in text.task.article.text
    assert re.match(r"\d+ of \d+ were sure, and not right", sure.said)
    assert [point.weight for point in missed] == sorted((point.weight for point in missed), reverse=True)


def test_each_marking_cell_of_the_course_is_read():
    tasks = marking_tasks()
    assert {"02_who_says_so/mark", "03_how_sure/mark-rest", "05_put_it_together/mark-hedges"} <= set(tasks)
    assert tasks["04_in_whose_words/mark"].labels == ("loaded", "label", "metaphor", "intensifier", "euphemism")
    assert not [exercise for exercise in tasks if exercise.startswith("06_")]  # each student's own article


# ------------------------------------------------------------------------------------------ the page

EVIL = '</script><script>alert("x")</script><img src=x onerror=alert(1)>'


class Tags(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.tags, self.attributes = [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]


@pytest.fixture(scope="module")
def page(invented, kim, tmp_path_factory):
    """The page about a class with somebody hostile in it."""
    folder = invented.write(tmp_path_factory.mktemp("page"))
    evil = json.loads(json.dumps(kim)) | {"name": EVIL}
    evil["readings"][LESSON]["answers"]["look-back"] = {"text": f"I wrote {EVIL} here", "committed": True}
    write(folder, {"evil.json": evil, f"{EVIL.replace('/', '')}.json": "{"})
    into = folder.parent / "class.html"
    assert main(["class", str(folder), "-o", str(into), "--csv", str(folder.parent / "g.csv"), "--names"]) == 0
    return into


def test_nothing_that_students_write_becomes_a_tag(page):
    found = Tags(page.read_text("utf-8"))
    assert found.tags.count("script") == 2
    assert found.tags.count("img") == 0
    assert not [name for name in found.attributes if name.startswith("on") or name in ("src", "style")]
    assert "alert(&#34;x&#34;)" in page.read_text("utf-8")


def test_the_page_may_run_its_own_script_alone(page):
    text = page.read_text("utf-8")
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1].replace("&#39;", "'")
    script, style = (
        re.search(r'<script type="module">(.*?)</script>', text, re.S)[1],
        re.search(r"<style>(.*?)</style>", text, re.S)[1],
    )
    for held in (script, style):
        assert base64.b64encode(hashlib.sha256(held.encode()).digest()).decode() in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_names_are_shown_only_where_asked_for(work, tmp_path, invented, capsys):
    folder = invented.write(tmp_path / "in")
    assert main(["class", str(folder), "-o", str(tmp_path / "birds.html")]) == 0
    birds = (tmp_path / "birds.html").read_text("utf-8")
    assert not [student.name for student in work.students if student.name in birds]
    assert capsys.readouterr().out.startswith(f"{SIZE} students, 7 lessons: ")


# ------------------------------------------------------------------------------------------ the table


def rows_of(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_table_counts_and_scores_no_words(work):
    names = [student.name for student in work.students]
    key = short_key(work.students[0].key)
    points = {f"{LESSON}/look-back": {key: {"points": 1.5}}, f"{LESSON}/why-said": {key: {"points": 2}}}
    first, second, *_ = rows_of(grades_csv(work, names, points))
    assert first["Full name"] == names[0]
    assert first["02 Who says so? done"] == "5"
    assert (first["02 Who says so? points"], second["02 Who says so? points"]) == ("3.5", "")


ROSTERS = {  # a class list, with an address or a name for each student; what comes out must begin with its columns
    "moodle": ("First name,Last name,ID number,Email address,Groups\n", "{first},{last},7,{first}@school.example,9b\n"),
    "canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section,Old essay\n    Points Possible,,,,,10\n",
        '"{last}, {first}",7,s7,{first},9b,3\n',
    ),
    "excel": ("Full name;E-mail\n", "{first} {last};{first}@school.example\n"),
}


@pytest.mark.parametrize("kind", ROSTERS)
def test_a_roster_is_matched_and_kept(work, tmp_path, kind):
    head, row = ROSTERS[kind]
    people = [student.name.split(" ", 1) for student in work.students[1:]] + [["Zoë", "Absent"]]
    table = head + "".join(row.format(first=first, last=last) for first, last in people)
    roster = read_roster(write(tmp_path, {"roster.csv": table.encode("utf-8-sig")}) / "roster.csv")
    found, strangers, missing = match(work, roster)
    assert strangers == [work.students[0].name]
    assert len(found) == SIZE - 1
    assert len(missing) == 1
    assert "Absent" in missing[0]
    rows = rows_of(grades_csv(work, [""] * SIZE, {}, roster))
    if kind == "canvas":
        assert list(rows[0])[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
        assert rows.pop(0)["Student"] == "Points Possible"
    assert len(rows) == SIZE
    assert rows[0]["02 Who says so? done"] == "5"
    assert rows[-1]["02 Who says so? done"] == ""


def test_formulas_in_names_are_defused(tmp_path, kim):
    for name in ("=1+2", "@SUM(A1)", "+49", '-2+3"', "\t=1"):
        write(
            tmp_path,
            {f"{len(name)}{ord(name[0])}.json": kim | {"name": name, "readings": {LESSON: kim["readings"][LESSON]}}},
        )
    work = class_work(*gather([tmp_path]))
    cells = [row["Full name"] for row in rows_of(grades_csv(work, ["=bird"] * 5, {}))]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "-", "\t"))]


def test_a_table_without_names_is_no_roster(tmp_path):
    with pytest.raises(KitError, match="has no column with names"):
        read_roster(write(tmp_path, {"r.csv": "city,rain\nLune,3\n"}) / "r.csv")


# ------------------------------------------------------------------------------------------ the command


def test_points_go_into_the_page_and_the_table(tmp_path, kim):
    write(tmp_path / "in", {"a.json": kim})
    (student,), _ = gather([tmp_path / "in"])
    given = {f"{LESSON}/look-back": {short_key(student.key): {"points": 2, "of": "x", "at": "2026"}}}
    write(tmp_path, {"points.json": {"schema": "points/1", "points": given}})
    into = tmp_path / "class.html"
    command = ["class", str(tmp_path / "in"), "-o", str(into), "--csv", str(tmp_path / "g.csv")]
    assert main([*command, "--points", str(tmp_path / "points.json")]) == 0
    data = json.loads(re.search(r'id="data">(.*?)</script>', into.read_text("utf-8"), re.S)[1])
    assert data["points"] == given
    assert rows_of((tmp_path / "g.csv").read_text("utf-8"))[0]["02 Who says so? points"] == "2"


@pytest.mark.parametrize("held", ["{}", "[", '{"schema": "points/2", "points": {}}'])
def test_another_file_is_no_points(tmp_path, capsys, kim, held):
    write(tmp_path, {"in/a.json": kim, "points.json": held})
    command = ["class", str(tmp_path / "in"), "-o", str(tmp_path / "c.html"), "--points", str(tmp_path / "points.json")]
    assert main(command) == 2
    assert "isn't a file with points" in capsys.readouterr().err


def test_where_nothing_was_handed_in(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    assert main(["class", str(tmp_path / "empty"), str(tmp_path / "nowhere"), "-o", str(tmp_path / "c.html")]) == 2
    said = capsys.readouterr()
    assert "There is nothing in this folder" in said.out
    assert "There is no such folder or file" in said.out
    assert "No hand-ins found" in said.err
    assert not (tmp_path / "c.html").exists()


def test_nothing_that_was_handed_in_is_written_over(tmp_path, capsys, kim):
    write(tmp_path, {"in.zip": zipped({"a.json": kim})})
    assert main(["class", str(tmp_path / "in.zip"), "-o", str(tmp_path / "in.zip")]) == 2
    assert "is what this is made from" in capsys.readouterr().err


def test_the_class_has_a_reading_of_each_text(texts):
    readings = {reading.article.id: reading for reading in class_readings(texts)}
    assert readings["blinken"].reader == f"the class ({SIZE} students)"
    assert any(mark.confidence < 1 for mark in readings["blinken"].annotations)
    for text in texts:
        kept = [place for place in text.places if place.kept]
        marks = text.task.marks(readings[text.task.article.id])
        found = {number for mark in marks for span in mark.spans for number in covered(text.task.words, span)}
        assert found == {number for place in kept for number in place.words}
        for mark in marks:
            [place] = [place for place in kept if set(covered(text.task.words, mark.spans[0])) <= set(place.words)]
            assert mark.annotation.why == f"{len(place.students)} of {len(text.readers)} students marked it."
            assert (mark.annotation.confidence < 1) == place.split


def test_the_class_s_readings_are_saved_apart_and_can_be_compared(tmp_path, kim, capsys):
    folder, into = write(tmp_path / "in", {"a.json": kim, "b.json": kim | {"name": "Ada"}}), tmp_path / "gold"
    command = ["class", str(folder), "-o", str(tmp_path / "c.html"), "--readings"]
    assert main([*command, str(folder / "gold")]) == 2
    assert "is among what your students handed in" in capsys.readouterr().err
    assert main([*command, str(into)]) == 0
    assert str(into / "blinken.json") in capsys.readouterr().out
    assert main(["agree", "blinken", str(into / "blinken.json"), str(ROOT / "seeds/readings/blinken.json")]) == 0
    assert "the class (2 students) and the careful reader" in capsys.readouterr().out


# ------------------------------------------------------------------------------------------ on the projector


def test_the_projector_follows_what_is_handed_in(tmp_path, kim, monkeypatch):
    opened, pages = [], []
    monkeypatch.setattr("webbrowser.open", opened.append)
    folder, into = tmp_path / "in", tmp_path / "discuss.html"
    folder.mkdir()

    def pause(_seconds):
        pages.append(into.read_text("utf-8"))
        if len(pages) == 3:
            raise KeyboardInterrupt
        write(folder, {"kim.json": kim})

    follow("04_in_whose_words", folder, into, pause=pause)
    assert opened == [into.as_uri()]
    assert "Nothing is handed in yet" in pages[0]
    assert "1 student" in pages[1]
    assert pages[2] == pages[1]  # nothing new: not written again
    assert "Kim" not in pages[1]
    assert "terrorists</span>" in pages[1]


def test_a_notebook_shows_the_same_without_names(tmp_path, kim):
    shown = discuss("04_in_whose_words", write(tmp_path, {"kim.json": kim}))
    html = shown._repr_html_()
    assert "Kim" not in html + repr(shown)
    assert "<script" not in html
    assert re.search(r"Mark the words that carry a view: .*massacre 1", repr(shown))


@pytest.mark.parametrize(("lesson", "said"), [("00_start_here", "Nothing is marked"), ("9", "There is no lesson")])
def test_a_lesson_without_marks_is_not_shown(tmp_path, capsys, lesson, said):
    assert main(["discuss", lesson, str(tmp_path)]) == 2
    assert said in capsys.readouterr().err
