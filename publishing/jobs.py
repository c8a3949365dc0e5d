"""Work that the portal does by itself, beside answering readers.

A thread of each worker looks for it every few seconds; `manage.py run_jobs` does the same for
installations that serve in another way. An app registers its work in its module `jobs`, or
where the function stands:

    @nightly
    def forget_old(): ...
"""

import logging
import threading
from datetime import datetime, time, timedelta

from django.db import IntegrityError, close_old_connections
from django.utils import timezone

from publishing.models import NightlyRun

logger = logging.getLogger(__name__)

#: Seconds between two looks at what is due.
PAUSE = 5
#: When nightly work is done, by the office's clock.
NIGHT = time(3, 0)

_regular = {}
_nightly = {}


def regularly(function):
    """Call it at each look, in every worker: it has to know by itself what is due."""
    _regular[_name(function)] = function
    return function


def nightly(function):
    """Call it once a night, in one of the workers."""
    _nightly[_name(function)] = function
    return function


def _name(function):
    return f"{function.__module__}.{function.__name__}"


def run_due(now=None):
    """Do all that is due. What fails is logged, and does not hold up the rest."""
    now = now or timezone.now()
    for name, function in _regular.items():
        _run(name, function)
    for name, function in _nightly.items():
        if _claim(name, now):
            problem = _run(name, function)
            done = {"finished_at": timezone.now(), "problem": problem}
            NightlyRun.objects.filter(name=name).update(**done)


def last_run(function):
    """When a nightly job was done last, or None."""
    runs = NightlyRun.objects.filter(name=_name(function))
    return runs.values_list("finished_at", flat=True).first()


def _run(name, function):
    """Call it: what went wrong, or ""."""
    try:
        function()
    except Exception as error:
        logger.exception("%s failed", name)
        return f"{type(error).__name__}: {error}"
    return ""


def _claim(name, now):
    """Whether this worker is the one to do a nightly job now."""
    mine = NightlyRun.objects.filter(name=name, due_at__lte=now).update(due_at=next_night(now))
    if not mine and not NightlyRun.objects.filter(name=name).exists():
        try:
            NightlyRun.objects.create(name=name, due_at=next_night(now))
        except IntegrityError:  # another worker was first
            return False
    return bool(mine)


def next_night(now):
    """The next instant after `now` at which the office's clock shows NIGHT."""
    here = timezone.localtime(now)
    day = here.date() if here.time() < NIGHT else here.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, NIGHT))


def start():
    """Begin to look for work, in a thread that ends with the process."""
    threading.Thread(target=run_forever, name="jobs", daemon=True).start()


def run_forever(stop=None):
    """Look for work until the Event `stop` is set."""
    stop = stop or threading.Event()
    while not stop.wait(PAUSE):
        close_old_connections()
        try:
            run_due()
        except Exception:  # the database is away: it may come back
            logger.exception("Looking for work failed")
        finally:
            close_old_connections()
