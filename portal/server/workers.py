"""Runs the application server: worker processes that end with the process that started them."""

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
#: Seconds that a worker may take for its last requests before it is killed.
PATIENCE = 10


def run_server():
    """Serve until the process is interrupted or told to end. Raises SystemExit when the
    workers fail by themselves."""
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
        workers_kill_timeout=PATIENCE,
    )
    # A closed terminal would otherwise only renew the workers, and leave them behind.
    server.on_startup(lambda: signal.signal(signal.SIGHUP, server.signal_handler_interrupt))
    server.serve(target_loader=load_application)


def load_application(target):
    """The WSGI application, loaded in a worker process, which also does the portal's own jobs
    and reads what lists are counted with.

    A terminal sends its signals to the whole process group; workers leave them to the server,
    which ends each in turn and would take a worker gone before for a crash. Until the worker
    has handlers of its own, SIGTERM must end it: those it inherits are the server's."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGHUP})
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    module, _, name = target.partition(":")
    application = getattr(import_module(module), name)
    jobs.start()
    Thread(target=load_lists, name="lists", daemon=True).start()
    return application
