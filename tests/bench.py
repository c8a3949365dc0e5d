"""How much dearer more is: `make bench`.

Each line compares two amounts of the same work in one run, on one machine: the ratio says
more than the seconds. Works on a new SQLite file, or on the empty database at DATABASE_URL.
"""

import os
import time

import django


def main():
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    django.setup()
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    setup_test_environment()
    call_command("migrate", verbosity=0)
    from tests.bench_lists import lists
    from tests.newsletter.bench import sending

    print(f"{'what':<42}{'one':>12}{'many':>12}{'ratio':>9}")
    for name, few, many in (bundles(), forms(), histories(), *lists(), sending()):
        print(f"{name:<42}{few * 1000:>9.2f} ms{many * 1000:>9.2f} ms{many / few:>9.1f}")
    from tests.bench_exports import exports

    for name, few, many in exports():
        print(f"{name:<42}{few:>9.1f} MB{many:>9.1f} MB{many / few:>9.1f}")


def quickest(work, times=5):
    """Seconds that the quickest of several runs took; each leaves the database as it was."""
    from django.db import transaction

    found = []
    for _time in range(times):
        with transaction.atomic():
            started = time.perf_counter()
            work()
            found.append(time.perf_counter() - started)
            transaction.set_rollback(True)
    return min(found)


def drafts(number, rows=3):
    """Public calls with open drafts, in each of which a title and some rows are new."""
    from calls.models import Call
    from publishing import snapshots
    from publishing.workflow import publish, save_draft
    from tests.factories import draft, key_date

    items = []
    for _number in range(number):
        item = draft(Call)
        for day in range(rows):
            key_date(item, "opening", day)
        publish(item=item)
        snapshot = snapshots.dump_live(item)
        snapshot["fields"]["title_en"] = "New"
        for row in snapshot["rows"]["key_dates"]:
            row["pk"] = snapshots.new_row_id()
        save_draft(item=item, snapshot=snapshot, seen=1)
        items.append(item)
    return items


def bundles():
    from publishing.models import Bundle
    from publishing.workflow import publish_bundle

    items = drafts(50)

    def publishing(chosen):
        bundle = Bundle.objects.create(title="Together")
        for item in chosen:
            bundle.items.create(item=item)
        return quickest(lambda: publish_bundle(bundle=bundle, by=None, reason="x"), 3)

    return "publish a bundle of 1 and of 50 items", publishing(items[:1]), publishing(items)


def forms():
    from tests.staff import admin_url, signed_in

    client = signed_in()
    few, many = drafts(1, rows=1)[0], drafts(1, rows=50)[0]

    def opening(item):
        return quickest(lambda: client.get(admin_url(item)).content)

    opening(few)  # the first request also compiles the templates
    return "open a form with 1 and with 50 rows", opening(few), opening(many)


def histories():
    from publishing.models import Revision
    from publishing.workflow import publish, save_draft

    def publication(item):
        return quickest(lambda: publish(item=item))

    young, old = drafts(2)
    snapshot = Revision.objects.open_draft(old).data
    for number in range(2, 302):
        save_draft(item=old, snapshot=snapshot, seen=number)
    return "publish after 1 and after 300 drafts", publication(young), publication(old)


if __name__ == "__main__":
    main()
