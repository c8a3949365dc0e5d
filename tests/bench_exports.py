"""Peak memory of downloads of 1,000 and 100,000 calls, which `bench_lists` creates."""

import multiprocessing
import resource
import tempfile

from tests.bench_lists import FEW, MANY


def exports():
    """Yield lines (what, megabytes with few, megabytes with many)."""
    for name, write in (("CSV", write_csv), ("XLSX", write_xlsx)):
        few, many = (peak(export, write, number) for number in (FEW, MANY))
        yield f"memory of 1,000 and 100,000 calls as {name}", few, many


def peak(work, *arguments):
    """Return the peak megabytes of a process of its own that does the work."""
    from django.db import connection

    connection.close()  # the new process opens its own
    context = multiprocessing.get_context("fork")
    queue = context.SimpleQueue()
    process = context.Process(target=measure, args=(queue, work, *arguments))
    process.start()
    process.join()
    return queue.get()


def measure(queue, work, *arguments):
    work(*arguments)
    queue.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def export(write, number):
    from calls.downloads import CALL_COLUMNS
    from calls.models import Call
    from calls.views import CallSection
    from lists.exports import table_of

    first = Call.objects.order_by("pk").values("pk")[:number]
    calls = Call.objects.published().filter(pk__in=first).by_deadline().for_list()
    write(table_of(calls.prefetch_related(*CallSection.table_relations), CALL_COLUMNS))


def write_csv(rows):
    from lists import exports

    for _line in exports.csv_lines(rows):
        pass


def write_xlsx(rows):
    from lists import exports

    with tempfile.TemporaryFile() as file:
        exports.write_xlsx(file, rows)
