import pytest

from publishing.richtext import sanitize


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<p>Text</p>", "<p>Text</p>"),
        ("<ul><li><p>One</p></li><li>Two</li></ul>", "<ul><li>One</li><li>Two</li></ul>"),
        ("<ul><li><p>A</p><p>B</p></li></ul>", "<ul><li><p>A</p><p>B</p></li></ul>"),
        (
            '<table><tbody><tr><td colspan="2"><p>X</p></td></tr></tbody></table>',
            '<table><tbody><tr><td colspan="2">X</td></tr></tbody></table>',
        ),
        ('<a href="javascript:alert(1)">x</a>', "<a>x</a>"),
        ("<h1>Big</h1><h2>Right</h2>", "Big<h2>Right</h2>"),
        ('<img src="x" onerror="y"><iframe src="z"></iframe>', ""),
        ('<p style="color:red" class="x">Plain</p>', "<p>Plain</p>"),
        ("<p></p>", ""),
    ],
)
def test_only_what_the_editor_makes_is_kept(typed, kept):
    assert sanitize(typed) == kept


def test_sanitising_twice_changes_nothing():
    once = sanitize("<ol><li><p>A <strong>b</strong></p><ul><li><p>c</p></li></ul></li></ol>")
    assert sanitize(once) == once


def test_white_space_around_a_text_makes_no_difference():
    assert sanitize("\n<p>Text</p>\n") == "<p>Text</p>"
