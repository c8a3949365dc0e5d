"""Vocabulary of the index, for prefix completion, compounds and spelling correction."""

from django.db.models.functions import Length

from search.models import SearchWord

#: Minimum length of a prefix, and maximum number of completions tried.
MIN_PREFIX = 3
MAX_COMPLETIONS = 30
#: Languages with solid compounds, and minimum length of a word searched for in them.
COMPOUNDING, MIN_COMPOUNDED = ("nl",), 5
#: Minimum length of a word in which one or two errors are tolerated.
ONE_ERROR, TWO_ERRORS = 4, 7
#: Maximum number of words compared with a misspelled one.
MAX_COMPARED = 4000
#: Suffix that sorts after all continuations of a prefix, in any collation.
END = "z" * 8


def add(pairs):
    """Add (word, language) pairs to the vocabulary."""
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


def is_vocabulary_word(word):
    return 3 <= len(word) <= 25 and word.isalpha()


def completions(prefix):
    """Return the (word, language) pairs with a prefix, shortest first."""
    if len(prefix) < MIN_PREFIX or not prefix.isalpha():
        return []
    found = SearchWord.objects.filter(word__gte=prefix, word__lte=prefix + END)
    shortest_first = found.order_by(Length("word"), "word", "language")
    pairs = shortest_first.values_list("word", "language")[:MAX_COMPLETIONS]
    return [pair for pair in pairs if pair[0].startswith(prefix)]


def compounds(word):
    """Return the (compound, language) pairs that end with a word, in Dutch."""
    if len(word) < MIN_COMPOUNDED or not word.isalpha():
        return []
    end = word[::-1]
    found = SearchWord.objects.filter(
        language__in=COMPOUNDING, backwards__gt=end, backwards__lte=end + END
    ).order_by(Length("word"), "word", "language")
    return list(found.values_list("word", "language")[:MAX_COMPLETIONS])


def similar(word, language):
    """Return {word: sort key} of words similar to a misspelled one; smaller is closer.

    Only words with the same beginning or end are compared.
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
    """Return the edit distance (with transpositions); above `most`, any larger number."""
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
