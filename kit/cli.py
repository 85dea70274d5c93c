"""The command line: `kit annotate`, `kit lab`, `kit check` and more; `python -m kit` is the same."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from kit.analysis.registry import DEFAULT, readers
from kit.errors import KitError
from kit.files import need_writable, read_bytes, write_output
from kit.formats.table import FORMATS as READINGS
from kit.readings.labels import layer_names
from kit.readings.reading import Reading
from kit.sources.load import load, read
from kit.text.article import Article
from kit.wording import plural, visible


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status: 0 done, 1 a check failed, 2 something to put right (said in a sentence)."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # Windows has an old encoding for files, which lacks most quotes.
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    parser = _parser()
    options, unknown = parser.parse_known_args(arguments)
    if unknown and options.run is not _lab:
        hint = "" if unknown[0].startswith("-") else '. A name with spaces needs quotation marks: "my article.txt"'
        parser.error(f"unrecognized arguments: {' '.join(unknown)}{hint}")
    options.for_jupyterlab = unknown
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except KitError as error:
        print(f"kit: {visible(str(error))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # `kit annotate ... | head`
        sys.stderr.close()
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="kit", description="Who says so? How sure are they? In whose words?")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")

    annotate = commands.add_parser("annotate", help="read an English article and print what the kit marks in it")
    annotate.add_argument(
        "file",
        metavar="FILE",
        help="a text, web page, PDF, DOCX, ODT, RTF or mail; one of the kit's articles, or - for standard input",
    )
    _takes_layers(annotate)
    _takes_reader(annotate)
    _takes_format(annotate, "table")
    annotate.set_defaults(run=_annotate)

    convert = commands.add_parser("convert", help="write a reading in another format: for brat, spreadsheets and more")
    convert.add_argument("article", metavar="ARTICLE", help="the text that was read, as for annotate")
    convert.add_argument("reading", type=Path, metavar="READING", help="a file: .json, .ann, .jsonld, .csv or .conll")
    _takes_format(convert, "json")
    convert.set_defaults(run=_convert)

    agree = commands.add_parser("agree", help="how far readings of one article agree, and where they differ")
    agree.add_argument("article", metavar="ARTICLE", help="the text that was read, as for annotate")
    agree.add_argument(
        "readings",
        type=Path,
        nargs="+",
        metavar="READING",
        help="two or more files: .json, .ann, .jsonld, .csv, .conll",
    )
    _takes_layers(agree)
    agree.set_defaults(run=_agree)

    lab = commands.add_parser(
        "lab",
        help="open JupyterLab on the first notebook",
        epilog="All other options go to JupyterLab as they are, such as --port=9000 or --no-browser.",
    )
    lab.add_argument("--yes", action="store_true", help="write the lessons into an empty folder without asking")
    lab.set_defaults(run=_lab)

    check = commands.add_parser("check", help="run every notebook and say which ones work")
    check.add_argument("paths", nargs="*", metavar="NOTEBOOK", help="notebooks or folders; default: all of the kit's")
    check.add_argument(
        "--fix", action="store_true", help="store the outputs of now where those to compare are others, and show how"
    )
    check.add_argument(
        "--show-keys", action="store_true", help="only print each question, with what counts as right; for teachers"
    )
    check.set_defaults(run=_check)

    handout = commands.add_parser("handout", help="write what students get: lessons, exercises and the kit, no keys")
    handout.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar="DIR|ZIP",
        required=True,
        help="a new folder, or a new file that ends in .zip",
    )
    handout.set_defaults(run=_handout)

    class_ = commands.add_parser("class", help="put what students handed in on one page, and into a table")
    class_.add_argument("paths", nargs="+", type=Path, metavar="FOLDER|ZIP", help="what your students handed in")
    class_.add_argument(
        "-o", "--output", type=Path, default=Path("class.html"), metavar="FILE", help="default: class.html"
    )
    class_.add_argument("--csv", type=Path, metavar="FILE", help="also write a table for a gradebook")
    class_.add_argument(
        "--roster", type=Path, metavar="FILE", help="a class list (CSV) from Moodle or Canvas, for the table"
    )
    class_.add_argument("--points", type=Path, metavar="FILE", help="the points that you gave on the page and saved")
    class_.add_argument(
        "--readings", type=Path, metavar="DIR", help="also save the class's own reading of each text, into this folder"
    )
    class_.add_argument("--names", action="store_true", help="show real names; without it, students are birds")
    class_.set_defaults(run=_class)

    discuss = commands.add_parser("discuss", help="show what the class marked, on the projector, while they hand in")
    discuss.add_argument("lesson", metavar="LESSON", help="such as 02_who_says_so")
    discuss.add_argument("folder", type=Path, metavar="FOLDER", help="where hand-ins arrive")
    discuss.add_argument(
        "-o", "--output", type=Path, default=Path("discuss.html"), metavar="FILE", help="default: discuss.html"
    )
    discuss.set_defaults(run=_discuss)

    lesson = commands.add_parser("lesson", help="make a lesson on an article of your own, for you to check and change")
    lesson.add_argument("article", metavar="ARTICLE", help="a file of any kind that `kit annotate` takes")
    lesson.add_argument(
        "-o", "--output", type=Path, metavar="DIR", required=True, help="a folder, new or not; nothing is written over"
    )
    lesson.set_defaults(run=_lesson)

    sheet = commands.add_parser("print", help="write a lesson or an article as a worksheet, and its key, for paper")
    sheet.add_argument("what", metavar="LESSON|ARTICLE", help="such as 02_who_says_so, or a file as for annotate")
    sheet.add_argument("-o", "--output", type=Path, metavar="FILE", help="default: named like the lesson or article")
    sheet.add_argument("--all", action="store_true", help="not only the lesson's core")
    sheet.set_defaults(run=_print)

    corpus = commands.add_parser("corpus", help="read very many articles, and write tables that other programs read")
    corpus.add_argument(
        "paths", nargs="+", metavar="FILES|FOLDER|JSONL|PARQUET", help="articles, folders with articles, or tables"
    )
    corpus.add_argument(
        "-o", "--output", type=Path, metavar="DIR", required=True, help="a folder, new or of a run that was stopped"
    )
    _takes_reader(corpus)
    corpus.add_argument("--workers", type=int, default=1, metavar="N", help="processes on this machine; default: 1")
    corpus.add_argument("--scheduler", metavar="ADDRESS", help="of a Dask scheduler, such as tcp://10.0.0.5:8786")
    corpus.set_defaults(run=_corpus)
    return parser


# What several commands take.


def _takes_layers(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--layer", choices=layer_names(), action="append", help="only this layer; may be given more than once"
    )


def _takes_reader(command: argparse.ArgumentParser) -> None:
    command.add_argument("--reader", choices=readers(), default=DEFAULT, help=f"who reads; default: {DEFAULT}")


def _takes_format(command: argparse.ArgumentParser, usual: str) -> None:
    command.add_argument("--format", choices=tuple(FORMATS), default=usual, help=f"default: {usual}")
    command.add_argument("-o", "--output", type=Path, metavar="FILE", help="write to this file instead of the screen")


# The commands. Each imports what it needs when it runs.


def _annotate(options: argparse.Namespace) -> int:
    from kit.analysis.annotate import annotate

    reading = annotate(_article(options.file), layers=options.layer, reader=options.reader)
    _put(reading, options, [options.file])
    for note in reading.notes:
        print(f"kit: {note}", file=sys.stderr)
    return 0


def _convert(options: argparse.Namespace) -> int:
    from kit.formats.table import read_reading

    _put(read_reading(options.reading, _article(options.article)), options, [options.article, options.reading])
    return 0


def _agree(options: argparse.Namespace) -> int:
    from kit.comparing.agreement_tables import agreement_tables
    from kit.formats.table import read_reading

    article = _article(options.article)
    readings = [read_reading(path, article) for path in options.readings]
    sys.stdout.write(agreement_tables(readings, only=options.layer or ()))
    return 0


def _put(reading: Reading, options: argparse.Namespace, made_from: Sequence[str | Path]) -> None:
    """A reading in the format that was asked for, on the screen or in a file."""
    text = FORMATS[options.format](reading)
    if options.output is None:
        sys.stdout.write(visible(text) if sys.stdout.isatty() else text)
        return
    need_writable(options.output, made_from)
    form = READINGS.get(options.format)
    if form and form.with_text:
        _save_text_beside(options.output, reading.article)
    write_output(options.output, text)


def _save_text_beside(output: Path, article: Article) -> None:
    """The text in a file beside ``output``, unless it is there."""
    path = output.with_suffix(".txt")
    if path == output:
        raise KitError(f"{output} is where the text will be. Name a file that ends in .ann.")
    if not path.exists():
        write_output(path, article.text)
    elif not path.is_file() or read_bytes(path) != article.text.encode():
        raise KitError(
            f"{path} is there and holds something else than the text alone. Name another file than {output}."
        )


def _article(name: str) -> Article:
    if name == "-":
        return read(sys.stdin.buffer.read(), "stdin", where="Standard input")
    return load(name)


def _table(reading: Reading) -> str:
    from kit.render.text_tables import reading_table

    return reading_table(reading)


def _html(reading: Reading) -> str:
    from kit.render.marked_text import to_page

    return str(to_page(reading))


def _live_page(reading: Reading) -> str:
    from kit.widgets.reader_page import reader_page

    return str(reader_page(reading))


FORMATS: dict[str, Callable[[Reading], str]] = {
    "table": _table,
    "html": _html,
    "page": _live_page,
    **{name: form.write for name, form in READINGS.items()},
}


def _lab(options: argparse.Namespace) -> int:
    from kit.jupyter.lab import lab

    return lab(options.for_jupyterlab, yes=options.yes)


def _check(options: argparse.Namespace) -> int:
    from kit.classroom.check import check, find_notebooks

    if options.show_keys:
        from kit.classroom.answer_keys import keys_of_notebooks

        print(keys_of_notebooks(find_notebooks(options.paths)))
        return 0
    return check(options.paths, fix=options.fix)


def _handout(options: argparse.Namespace) -> int:
    from kit.classroom.handout import handout

    return handout(options.output)


def _class(options: argparse.Namespace) -> int:
    from kit.classroom.class_report import report_class

    report_class(
        options.paths,
        options.output,
        table=options.csv,
        roster=options.roster,
        points=options.points,
        readings=options.readings,
        names=options.names,
    )
    return 0


def _discuss(options: argparse.Namespace) -> int:
    from kit.classroom.discussion import follow

    follow(options.lesson, options.folder, options.output)
    return 0


def _lesson(options: argparse.Namespace) -> int:
    from kit.classroom.new_lesson import new_lesson

    return new_lesson(options.article, options.output)


def _corpus(options: argparse.Namespace) -> int:
    from kit.corpus.run import make_archive

    archive = make_archive(
        options.paths,
        options.output,
        reader=options.reader,
        workers=options.workers,
        scheduler=options.scheduler,
    )
    rows = archive.counts()
    held = f"{plural(rows['articles'], 'article')} and {plural(rows['annotations'], 'annotation')}"
    print(f"{options.output} holds {held}; {rows['left_out']} left out.")
    return 0


def _print(options: argparse.Namespace) -> int:
    from kit.classroom.worksheet import print_worksheet

    page, key = print_worksheet(options.what, options.output, everything=options.all)
    print(f"Written: {page} for your students, {key} for you. Open each in a browser and print it.")
    return 0
