import re

from portal.demo import make_file


def test_a_pdf_says_its_title_and_language_and_where_its_objects_are():
    pdf = make_file("a.pdf", "# Étude (2)\n\nUn texte.\n\n" + "Encore. " * 900, language="fr")

    assert pdf.startswith(b"%PDF-1.4")
    assert b"/Title <feff00c9" in pdf
    assert "(Étude \\(2\\)) Tj".encode("cp1252") in pdf
    assert b"/Lang (fr)" in pdf
    assert pdf.count(b"/Type /Page ") > 1
    start = int(re.search(rb"startxref\n(\d+)", pdf)[1])
    offsets = re.findall(rb"(\d{10}) 00000 n", pdf[start:])
    for number, offset in enumerate(offsets, start=1):
        assert pdf[int(offset) :].startswith(b"%d 0 obj" % number)
