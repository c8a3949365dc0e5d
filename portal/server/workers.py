"""Application server, whose worker processes end with the process that started them."""

import signal
from importlib import import_module
from threading import Thread

from django.conf import settings
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from lists.preload import load_lists
from publishing import jobs

APPLICATION = "portal.wsgi:application"
#: Seconds that a worker has to finish its last requests before it is killed.
KILL_TIMEOUT = 10


def run_server():
    """Serve until the process is interrupted or terminated.

    Raises SystemExit if the workers fail.
    """
    server = Granian(
        APPLICATION,
        address=settings.HOST,
        port=settings.PORT,
        interface=Interfaces.WSGI,
        workers=settings.WORKERS,
        blocking_threads=settings.THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        log_dictconfig=settings.LOGGING,
        respawn_failed_workers=True,
        workers_kill_timeout=KILL_TIMEOUT,
    )
    # Otherwise SIGHUP from a closed terminal would respawn the workers and orphan them.
    server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.serve(target_loader=load_application)


def load_application(target):
    """Load the WSGI application in a worker, start its jobs and preload the facet lists.

    A terminal signals the whole process group. Workers block SIGINT and SIGHUP, because the
    server stops each of them in turn and would treat one that ended before as crashed. SIGTERM
    must end a worker until it installs its own handlers: the inherited ones are the server's.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    module, _, name = target.partition(":")
    application = getattr(import_module(module), name)
    jobs.start()
    Thread(target=load_lists, name="lists", daemon=True).start()
    return application
