"""Generator of the demo's documents: plain text or simple PDF files."""

import textwrap

A4 = (595, 842)
MARGIN = 64
LINE_HEIGHT = 16
CHARACTERS = 82
LINES_A_PAGE = (A4[1] - 2 * MARGIN) // LINE_HEIGHT


def make_file(name, text, *, language="en"):
    """Return the bytes of a file: a PDF if its name ends with .pdf, else UTF-8 text."""
    if name.endswith(".pdf"):
        return make_pdf(text, language=language)
    return text.encode()


def make_pdf(text, *, language):
    """Return the bytes of a PDF.

    A blank line ends a paragraph, and a line that starts with "# " is a heading. The first
    heading becomes the document's title.
    """
    lines = list(_lines(text))
    title = next((line for font, line in lines if font == "F2"), "")
    pages = [lines[i : i + LINES_A_PAGE] for i in range(0, len(lines), LINES_A_PAGE)]
    numbers = range(6, 6 + 2 * len(pages), 2)
    kids = " ".join(f"{number} 0 R" for number in numbers)
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R /Lang ({language}) "
        "/ViewerPreferences << /DisplayDocTitle true >> >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        f"<< /Title <{_utf_16(title)}> >>",
    ]
    for number, page in zip(numbers, pages, strict=True):
        objects += [_page(number + 1), _content(page)]
    return _assemble(objects)


def _lines(text):
    """Yield (font, line) pairs."""
    for block in text.strip().split("\n\n"):
        font = "F2" if block.startswith("# ") else "F1"
        for paragraph in block.removeprefix("# ").splitlines():
            for line in textwrap.wrap(paragraph, CHARACTERS):
                yield font, line
        yield font, ""


def _font(name):
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"


def _page(content):
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Contents {content} 0 R "
        "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
    )


def _content(lines):
    body = " ".join(f"/{font} 11 Tf {_string(line)} Tj T*" for font, line in lines)
    stream = f"BT {LINE_HEIGHT} TL {MARGIN} {A4[1] - MARGIN} Td {body} ET"
    size = len(stream.encode("cp1252", "replace"))
    return f"<< /Length {size} >>\nstream\n{stream}\nendstream"


def _string(text):
    for character in "\\()":
        text = text.replace(character, f"\\{character}")
    return f"({text})"


def _utf_16(text):
    return f"\ufeff{text}".encode("utf-16-be").hex()


def _assemble(objects):
    """Return the PDF file of these objects, with its cross-reference table."""
    output, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, source in enumerate(objects, start=1):
        offsets.append(len(output))
        output += f"{number} 0 obj\n{source}\nendobj\n".encode("cp1252", "replace")
    start = len(output)
    rows = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    count = len(objects) + 1
    output += (
        f"xref\n0 {count}\n0000000000 65535 f \n{rows}"
        f"trailer\n<< /Size {count} /Root 1 0 R /Info 5 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ).encode()
    return bytes(output)
