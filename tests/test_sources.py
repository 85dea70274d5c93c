"""From a file to an article: one article in every kind of file, pages after the shapes of real sites, and bad files."""

import source_files as files
import pytest

import kit
from kit.course.own_articles import check_file
from kit.errors import KitError
from kit.sources import load as loading
from kit.sources import office
from kit.sources.load import read

HEADLINE = "Port Vorn pier to close after divers find cracks"
BODY = [
    "Port Vorn’s old pier will close on Friday, the harbour office said, after divers found cracks in nine of its posts "
    "and warned that a storm could bring some of it down.",
    "“We can’t ask people to fish from something that may not be there in the morning,” said Ada Brandt, who has run the "
    "harbour for eleven years. “It is a sad day, and the right one.”",
    "The café at its end – a meeting place since 1931 – hopes to move to the market hall. Its owner, Ilo Merk, said that "
    "nobody had told him when the work might begin.",
    "The council is likely to decide on a well-known plan for a new pier in May. It would cost about £4 million, according "
    "to a report that this newspaper has seen.",
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
