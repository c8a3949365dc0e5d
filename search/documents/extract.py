"""Standalone program: extracts the text of a file from stdin to stdout.

Its argument is the file type ("pdf", "docx", "txt"). It limits its own CPU time and memory to
protect the portal from malicious files, and imports nothing from the portal. The exit code is
the reason for missing text.
"""

import io
import resource
import sys
import zipfile

ENCRYPTED, BROKEN, TOO_MUCH = 3, 4, 5
SECONDS = 30
MEMORY = 700 * 1024 * 1024
#: Maximum uncompressed size in bytes, and maximum number of characters printed.
MAX_UNPACKED = 80 * 1024 * 1024
MAX_CHARACTERS = 300_000


def limit():
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def pdf(stream):
    from pypdf import PdfReader

    reader = PdfReader(stream)
    if reader.is_encrypted and not reader.decrypt(""):
        sys.exit(ENCRYPTED)
    for page in reader.pages:
        yield page.extract_text()


def docx(stream):
    with zipfile.ZipFile(stream) as packed:
        if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED:
            sys.exit(TOO_MUCH)
    from docx import Document

    document = Document(stream)
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        for row in table.rows:
            yield from (cell.text for cell in row.cells)


def txt(stream):
    yield stream.read(4 * MAX_CHARACTERS).decode("utf-8", "replace")


KINDS = {"pdf": pdf, "docx": docx, "txt": txt}


def extract(kind, stream):
    """Return the text of a file, up to MAX_CHARACTERS."""
    parts, length = [], 0
    for part in KINDS[kind](stream):
        parts.append(part)
        length += len(part)
        if length > MAX_CHARACTERS:
            break
    return "\n".join(parts)[:MAX_CHARACTERS]


def main():
    limit()
    try:
        text = extract(sys.argv[1], io.BytesIO(sys.stdin.buffer.read()))
    except MemoryError:
        sys.exit(TOO_MUCH)
    except RecursionError:
        sys.exit(BROKEN)
    except Exception as error:  # libraries may raise anything for broken files
        is_encrypted = "password" in str(error).lower() or "encrypt" in str(error).lower()
        sys.exit(ENCRYPTED if is_encrypted else BROKEN)
    sys.stdout.buffer.write(text.encode("utf-8", "replace"))


if __name__ == "__main__":
    main()
