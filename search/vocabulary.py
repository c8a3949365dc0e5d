"""The words of the index: what a beginning may become, and what a mistyped word was to be."""

from django.db.models.functions import Length

from search.models import SearchWord

#: Beginnings of fewer letters say too little; of what they may become, so much is tried.
MIN_BEGINNING = 3
MAX_ENDINGS = 30
#: Languages that write compounds as one word, and letters of a word that is found in one.
COMPOUNDING, MIN_COMPOUNDED = ("nl",), 5
#: Letters of the shortest words in which one or two errors are forgiven.
ONE_ERROR, TWO_ERRORS = 4, 7
#: Words that are compared with a mistyped one.
MAX_COMPARED = 4000
#: Sorts behind each word that goes on, in every collation.
END = "z" * 8


def add(pairs):
    """Note words, as pairs of word and language."""
    known = set()
    ordered = sorted(pairs)
    for start in range(0, len(ordered), 500):
        some = {word for word, _language in ordered[start : start + 500]}
        known |= set(SearchWord.objects.filter(word__in=some).values_list("word", "language"))
    SearchWord.objects.bulk_create(
        [
            SearchWord(word=word, language=language, backwards=word[::-1])
            for word, language in ordered
            if (word, language) not in known
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


def is_worth_noting(word):
    return 3 <= len(word) <= 25 and word.isalpha()


def endings(beginning):
    """Pairs of word and language of the words that begin so, the shortest first."""
    if len(beginning) < MIN_BEGINNING or not beginning.isalpha():
        return []
    found = SearchWord.objects.filter(word__gte=beginning, word__lte=beginning + END)
    shortest_first = found.order_by(Length("word"), "word", "language")
    pairs = shortest_first.values_list("word", "language")[:MAX_ENDINGS]
    return [pair for pair in pairs if pair[0].startswith(beginning)]


def compounds(word):
    """Pairs of word and language of the compounds that a word ends, in Dutch."""
    if len(word) < MIN_COMPOUNDED or not word.isalpha():
        return []
    end = word[::-1]
    found = SearchWord.objects.filter(
        language__in=COMPOUNDING, backwards__gt=end, backwards__lte=end + END
    ).order_by(Length("word"), "word", "language")
    return list(found.values_list("word", "language")[:MAX_ENDINGS])


def similar(word, language):
    """Words that differ from a mistyped one by little: dict of word to how different it is,
    as a tuple to sort by.

    They begin or end as it does: few mistype both.
    """
    if len(word) < ONE_ERROR or not word.isalpha():
        return {}
    most = 1 if len(word) < TWO_ERRORS else 2
    found = {}
    for other, other_language in _comparable(word, most):
        errors = distance(word, other, most)
        if errors <= most and other != word:
            order = (errors, other[0] != word[0], other_language != language)
            found[other] = min(order, found.get(other, order))
    return found


def _comparable(word, most):
    start, end = word[:2], word[:-4:-1]
    words = SearchWord.objects.values_list("word", "language").order_by("word", "language")
    words = words.alias(size=Length("word"))
    words = words.filter(size__range=(len(word) - most, len(word) + most))
    return {
        *words.filter(word__gte=start, word__lte=start + END)[:MAX_COMPARED],
        *words.filter(backwards__gte=end, backwards__lte=end + END)[:MAX_COMPARED],
    }


def distance(one, other, most):
    """How many letters are wrong, missing, too many or in the wrong order; above `most`, any
    number above it."""
    before, last = None, list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, other_letter in enumerate(other, start=1):
            best = min(row[-1] + 1, last[j] + 1, last[j - 1] + (letter != other_letter))
            swapped = i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == other_letter
            row.append(min(best, before[j - 2] + 1) if swapped else best)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
