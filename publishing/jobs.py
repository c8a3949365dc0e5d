"""Background jobs.

A thread of each worker polls for due jobs; `manage.py run_jobs` does the same for other kinds
of deployment. Apps register jobs in their module `jobs` or where the function is defined:

    @nightly
    def delete_expired(): ...
"""

import logging
import threading
from datetime import datetime, time, timedelta

from django.db import IntegrityError, close_old_connections
from django.utils import timezone

from publishing.models import NightlyRun

logger = logging.getLogger(__name__)

#: Polling interval in seconds.
PAUSE = 5
#: Start of nightly jobs, in the portal's time zone.
NIGHT = time(3, 0)

_regular = {}
_nightly = {}


def regularly(function):
    """Register a job to run at each poll in every worker; it must check itself what is due."""
    _regular[_name(function)] = function
    return function


def nightly(function):
    """Register a job to run once a night in one of the workers."""
    _nightly[_name(function)] = function
    return function


def _name(function):
    return f"{function.__module__}.{function.__name__}"


def run_due(now=None):
    """Run all due jobs. Failures are logged and do not stop the other jobs."""
    now = now or timezone.now()
    for name, function in _regular.items():
        _run(name, function)
    for name, function in _nightly.items():
        if _claim(name, now):
            problem = _run(name, function)
            done = {"finished_at": timezone.now(), "problem": problem}
            NightlyRun.objects.filter(name=name).update(**done)


def last_run(function):
    """Return the time at which a nightly job last finished, or None."""
    runs = NightlyRun.objects.filter(name=_name(function))
    return runs.values_list("finished_at", flat=True).first()


def _run(name, function):
    """Run a job; return its error, or "" on success."""
    try:
        function()
    except Exception as error:
        logger.exception("%s failed", name)
        return f"{type(error).__name__}: {error}"
    return ""


def _claim(name, now):
    """Claim a nightly job; return whether this worker should run it."""
    mine = NightlyRun.objects.filter(name=name, due_at__lte=now).update(due_at=next_night(now))
    if not mine and not NightlyRun.objects.filter(name=name).exists():
        try:
            NightlyRun.objects.create(name=name, due_at=next_night(now))
        except IntegrityError:  # another worker was first
            return False
    return bool(mine)


def next_night(now):
    """Return the next instant after `now` at which nightly jobs start."""
    here = timezone.localtime(now)
    day = here.date() if here.time() < NIGHT else here.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, NIGHT))


def start():
    """Start polling in a daemon thread."""
    threading.Thread(target=run_forever, name="jobs", daemon=True).start()


def run_forever(stop=None):
    """Poll until the Event `stop` is set."""
    stop = stop or threading.Event()
    while not stop.wait(PAUSE):
        close_old_connections()
        try:
            run_due()
        except Exception:  # the database may be temporarily unavailable
            logger.exception("Looking for due jobs failed")
        finally:
            close_old_connections()
