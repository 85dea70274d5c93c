"""From a file to an article: one article in every kind of file, pages after the shapes of real sites, and bad files."""

from types import SimpleNamespace

import pytest
import source_files as files
from source_pages import PAGES, page

import kit
from kit.course.own_articles import check_file, check_pasted, find_pasted, to_answer
from kit.errors import KitError
from kit.sources import load as loading
from kit.sources import office
from kit.sources.load import read

HEADLINE = "Port Vorn pier to close after divers find cracks"
BODY = [
    "Port Vorn’s old pier will close on Friday, the harbour office said, after divers found cracks in nine of "
    "its posts and warned that a storm could bring some of it down.",
    "“We can’t ask people to fish from something that may not be there in the morning,” said Ada Brandt, who "
    "has run the harbour for eleven years. “It is a sad day, and the right one.”",
    "The café at its end – a meeting place since 1931 – hopes to move to the market hall. Its owner, Ilo Merk,"
    " said that nobody had told him when the work might begin.",
    "The council is likely to decide on a well-known plan for a new pier in May. It would cost about £4 "
    "million, according to a report that this newspaper has seen.",
]
WRITERS = {
    "a.html": files.html,
    "a.mhtml": files.mhtml,
    "a.docx": files.docx,
    "a.odt": files.odt,
    "a.rtf": files.rtf,
    "a.eml": files.mail,
    "html.eml": files.html_mail,
    "a.md": files.markdown,
    "two columns.pdf": files.pdf,
    "one column.pdf": lambda headline, body: files.pdf(headline, body, columns=1),
    "utf-8.txt": lambda headline, body: "\n\n".join([headline, *body]).encode(),
    "utf-16.txt": lambda headline, body: "\n\n".join([headline, *body]).encode("utf-16"),
    "utf-16 without a mark.txt": lambda headline, body: "\n\n".join([headline, *body]).encode("utf-16-le"),
    "windows.txt": lambda headline, body: "\r\n\r\n".join([headline, *body]).encode("cp1252"),
}


def parts(article, kind):
    return [article.text[part.start : part.end] for part in article.parts if part.kind == kind]


@pytest.mark.parametrize("name", WRITERS)
def test_every_kind_of_file_gives_the_same_article(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(WRITERS[name](HEADLINE, BODY))
    article = kit.load(path)
    assert article.title == HEADLINE
    assert parts(article, "headline") == [HEADLINE]
    assert parts(article, "body") == BODY
    assert article.meta["file"] == name
    assert (
        article.meta["kind"].lower() in ("text", "markdown", "e-mail")
        or article.meta["kind"].lower() == path.suffix[1:]
    )


def test_what_is_in_a_file_counts_not_its_ending():
    assert parts(read(files.docx(HEADLINE, BODY), "story.txt"), "body") == BODY
    assert parts(read(files.html(HEADLINE, BODY), "story.txt"), "body") == BODY


def test_text_files_stay_as_they_are():
    text = "+++\r\ntitle = 'Mine'\r\n+++\r\nRain may come.\r\n\r\n  * Two *\tthings. \n"
    article = read(text.encode(), "mine.md")
    assert (article.title, article.text) == ("Mine", "Rain may come.\r\n\r\n  * Two *\tthings. \n")
    assert read(b"Rain may come.\nIt may not.", "mine.md").text == "Rain may come.\nIt may not."


KEPT_AS = {
    "page.html": lambda page: page,
    "page.mhtml": files.saved_whole,
    "page.eml": lambda page: files.mailed(page, HEADLINE),
}


@pytest.mark.parametrize("name", KEPT_AS)
@pytest.mark.parametrize("shape", PAGES)
def test_the_article_is_found_on_pages_of_many_shapes(shape, name):
    article = read(KEPT_AS[name](page(shape, HEADLINE, BODY)), name)
    assert (article.title, parts(article, "headline"), parts(article, "body")) == (HEADLINE, [HEADLINE], BODY)
    assert not any(word in article.text for word in ("Never read", "hidden paragraph", "I have fished", "812 partners"))


def test_there_are_twenty_five_shapes():
    assert len(PAGES) >= 25


@pytest.mark.parametrize("shape", PAGES)
def test_a_page_that_is_copied_whole_becomes_its_article(shape):
    copied = page(shape, HEADLINE, BODY).decode().removeprefix("<!doctype html>")
    article = check_pasted(f"{HEADLINE} Home News", f"<html><body><!--StartFragment-->{copied}<!--EndFragment-->")
    assert (article.title, parts(article, "body")) == (HEADLINE, BODY)


def test_what_is_copied_with_hardly_any_article_is_its_text():
    few = "The mayor may close the pier."
    for html in ("", f"<b>{few}</b>", "<script>alert(1)</script>", "\0", "%PDF-1.7"):
        assert check_pasted(few, html).text == few


def test_without_the_extra_what_is_copied_is_its_text(monkeypatch):
    monkeypatch.setattr("kit.extras.find_spec", lambda module: None)
    text = "\n\n".join([HEADLINE, *BODY])
    assert check_pasted(text, page("old page in tables", HEADLINE, BODY).decode()).text == text


def test_control_characters_of_a_page_are_not_read():
    body = [f"{text} <b>It</b>\x1b[31m <script></script>\x07 rains&#27;." for text in BODY]
    found = "".join(f"<p>{text}</p>" for text in body)
    head = "<!doctype html><meta charset=utf-8><meta name=author content='Ada\x1b[0m'>"
    article = read(f"{head}<main><h1>{HEADLINE}</h1>{found}</main>".encode(), "page.html")
    assert parts(article, "body") == [f"{text} It[31m rains." for text in BODY]
    assert article.meta["author"] == "Ada[0m"


def test_a_page_says_who_wrote_it_and_when():
    boxes = read(page("agency, all in divs", HEADLINE, BODY), "page.html")
    assert (parts(boxes, "byline"), parts(boxes, "date")) == (["By Ada Brandt"], ["3 May 2022 at 14:05"])
    assert "Share on Boat" in parts(boxes, "boilerplate")
    pictures = read(page("broadcaster, with pictures", HEADLINE, BODY), "page.html")
    assert parts(pictures, "caption") == ["The pier on Tuesday, before it was shut."]
    assert parts(pictures, "credit") == ["Ilo Merk/Herald"]
    data = read(page("paper, title only in its data", HEADLINE, BODY), "page.html")
    assert (data.meta["author"], data.meta["date"]) == ("Ada Brandt", "2022-05-03")


def test_a_live_blog_keeps_all_its_posts():
    posts = "".join(f"<article><h2>{n}.05</h2><p>{text}</p></article>" for n, text in enumerate(BODY, 10))
    article = read(f"<main><h1>{HEADLINE}</h1>{posts}</main>".encode(), "live.html")
    assert [text for text in parts(article, "body") if len(text.split()) > 3] == BODY


def test_breaks_of_lines_part_paragraphs():
    article = read(f"<body><h1>{HEADLINE}</h1><div>{'<br><br>'.join(BODY)}</div>".encode(), "breaks.html")
    assert parts(article, "body") == BODY


def bomb(name):
    return files.zipped({name: b"<a>" + b" " * (office.LARGEST + 1), "mimetype": b""})


WALL = (
    "<p>Log in or subscribe to read this article.</p>"
    "<p>We use cookies. Choose which cookies you allow, with your consent.</p>"
)
BAD = {
    "scan.pdf": (files.pdf_of(""), "no text, only pictures"),
    "broken.pdf": (b"%PDF-1.7 broken", "is damaged"),
    "circle.pdf": (
        files.pdf(HEADLINE, BODY).replace(b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", b"2 0 R".ljust(41)),
        "is damaged",
    ),
    "locked.pdf": (files.locked_pdf(), "locked with a password"),
    "bomb.docx": (bomb("word/document.xml"), "unpacks to far more"),
    "bomb.odt": (bomb("content.xml"), "unpacks to far more"),
    "entities.docx": (
        files.zipped({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "is damaged",
    ),
    "cut.docx": (files.docx(HEADLINE, BODY)[:-200], "is damaged"),
    "wall.html": (f"<h1>Welcome back</h1>{WALL}".encode(), "hardly any article"),
    "menu.html": (b"<ul>" + b"<li><a href=/>News of the day from all of the coast</a>" * 40, "hardly any article"),
    "empty.html": (b"<html></html>", "is empty"),
    "empty.txt": (b" \n", "is empty"),
    "empty.docx": (files.docx("", []), "is empty"),
    "picture.png": (b"\x89PNG\r\n\x1a\n\0\0", "is a picture"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Word"),
    "table.xlsx": (files.zipped({"xl/workbook.xml": b""}), "a table or a set of slides"),
    "what.bin": (bytes(range(256)), "of a kind that the kit doesn't open"),
    "mixed.txt": ("für ".encode("latin-1") + "für".encode(), "mixes two encodings"),
    "half.txt": (b"\xff\xfeR\x00a\x00i\x00n", "encoding"),
    "no text.eml": (b"Message-ID: <1@example.org>\nContent-Type: image/png\n\nabc", "without text"),
    "no page.mhtml": (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--", "no page in it"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_a_sentence(name):
    data, sentence = BAD[name]
    with pytest.raises(KitError) as error:
        read(data, name)
    assert sentence in str(error.value)
    assert str(error.value).startswith(name)
    assert str(error.value).count(". ") <= 2


def test_a_file_that_is_too_large_is_not_read(monkeypatch, tmp_path):
    monkeypatch.setattr(loading, "LARGEST", 1_000_000)
    path = tmp_path / "large.html"
    path.write_bytes(b"<html>" + b" " * 1_000_000)
    with pytest.raises(KitError, match="larger than 1 MB"):
        kit.load(path)


def test_what_needs_the_extra_says_so_and_the_rest_does_without(monkeypatch):
    monkeypatch.setattr("kit.extras.find_spec", lambda module: None)
    for name in ("a.html", "a.rtf", "one column.pdf", "a.mhtml"):
        with pytest.raises(KitError, match=r"pip install \"between-the-lines\[sources\]\""):
            read(WRITERS[name](HEADLINE, BODY), name)
    for name in ("a.docx", "a.odt", "a.eml", "a.md", "windows.txt"):
        assert parts(read(WRITERS[name](HEADLINE, BODY), name), "body") == BODY


def test_an_own_article_keeps_what_its_file_told_apart():
    article = check_file(page("broadcaster, with pictures", HEADLINE, BODY), "page.html")
    saved = SimpleNamespace(get=lambda exercise: to_answer(article))
    assert find_pasted(saved, "first") == article
    torn = SimpleNamespace(get=lambda exercise: to_answer(article) | {"parts": [[5, 2, "body"]]})
    assert find_pasted(torn, "first").text == article.text
