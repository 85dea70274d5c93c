"""One article written into files of every kind, for tests/test_sources.py: as small as each kind of file allows."""

from __future__ import annotations

import textwrap
import zipfile
from email.message import EmailMessage
from html import escape
from io import BytesIO

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODT = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "style", "table")
)


def zipped(files):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(name, content, compress_type=kind)
    return packed.getvalue()


def docx(headline, body):
    def paragraph(text, style=""):
        half = len(text) // 2  # Word divides a paragraph into runs wherever it likes
        runs = (f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>' for piece in (text[:half], text[half:]))
        mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{mark}{''.join(runs)}</w:p>"

    deleted = "<w:p><w:del><w:r><w:delText>An earlier draft.</w:delText></w:r></w:del></w:p>"
    content = paragraph(headline, "Title") + "".join(map(paragraph, body)) + deleted
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f"<w:document {WORD}><w:body>{content}</w:body></w:document>",
        }
    )


def odt(headline, body):
    def paragraph(text):
        return f'<text:p text:style-name="P1">{escape(text).replace(" ", " <text:span>", 1)}</text:span></text:p>'

    content = f'<text:h text:outline-level="1">{escape(headline)}</text:h>' + "".join(map(paragraph, body))
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODT}><office:body><office:text>{content}</office:text></office:body>"
            "</office:document-content>",
        }
    )


def rtf(headline, body):
    def coded(text):
        return "".join(char if char < "\x80" else f"\\u{ord(char)}?" for char in text)

    lines = "".join(f"\\par {coded(text)}\n" for text in body)
    return f"{{\\rtf1\\ansi{{\\fonttbl\\f0 Times;}}\n\\b {coded(headline)}\\b0\n{lines}}}".encode("ascii")


def markdown(headline, body):
    first, *rest = body
    linked = f"[{first[:12]}](https://example.org/a_(b)){first[12:]}"
    return "\n\n".join([f"# {headline}", linked, *rest, "---"]).encode()


def mail(headline, body):
    message = EmailMessage()
    message["Subject"], message["From"] = f"Fwd: {headline}", "Desk <desk@example.org>"
    message.set_content("\n\n".join(body), cte="quoted-printable")
    return message.as_bytes()


def html_mail(headline, body):
    return mailed(html(headline, body), headline)


def mailed(page, subject):
    message = EmailMessage()
    message["Subject"], message["From"] = subject, "Desk <desk@example.org>"
    message.set_content(page.decode(), subtype="html")
    return message.as_bytes()


def mhtml(headline, body):
    return saved_whole(html(headline, body))


def saved_whole(page):
    message = EmailMessage()
    message["MIME-Version"] = "1.0"
    message["Snapshot-Content-Location"] = "https://example.org/pier"
    message.set_content(page.decode(), subtype="html", cte="base64")
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


def html(headline, body):
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in body)
    return (
        f"<!doctype html><meta charset=utf-8><title>{escape(headline)} | The Lorne Herald</title>"
        "<body><a class=skip href=#a>Skip to content</a><header><nav><ul><li><a href=/>Home</a><li><a href=/n>News</a></ul></nav></header>"
        f"<main id=a><article><h1>{escape(headline)}</h1>{paragraphs}</article></main><footer>About us</footer>"
    ).encode()


def pdf(headline, body, columns=2):
    """Courier, so that a line's width is its number of characters; as many columns as asked for."""
    size, lead, top, height = 9, 11, 700, 50
    width = {1: 80, 2: 40}[columns]
    lines: list[tuple[str, bool]] = []
    for text in body:
        wrapped = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        lines += [(line, index == 0) for index, line in enumerate(wrapped)]
    print_at = [f"BT /F1 16 Tf 50 740 Td ({_pdf_text(headline)}) Tj ET"]
    for number, (line, first) in enumerate(lines):
        column, row = divmod(number, -(-len(lines) // columns) if columns > 1 else height)
        x = 50 + column * (width * size * 0.6 + 30) + (9 if first else 0)
        print_at.append(f"BT /F1 {size} Tf {x} {top - row * lead} Td ({_pdf_text(line)}) Tj ET")
    return pdf_of("\n".join(print_at))


def _pdf_text(text):
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def pdf_of(content, trailer=""):
    stream = content.encode("cp1252")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    data, places = b"%PDF-1.4\n", []
    for number, content_of in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content_of)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size 6 /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (trailer.encode(), len(data))
    return data + b"xref\n0 6\n0000000000 65535 f \n" + table + tail


def locked_pdf():
    """Says that it is encrypted; what opens it is not in it."""
    lock = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"
    return pdf_of("BT /F1 9 Tf 50 700 Td (secret) Tj ET", lock)
