"""Pytest plugin: one test database for all runs within a process and its forks.

Migrating takes longer than most tests, so each run restores a copy made after the first
migration. The database must be SQLite in memory, which a fork copies with the process.
"""

import sqlite3

import pytest

_copy = None


class Database:
    @pytest.fixture(scope="session")
    @classmethod
    def django_db_setup(cls, django_test_environment, django_db_blocker):
        with django_db_blocker.unblock():
            _restore() if _copy else _create()


def pytest_configure(config):
    # Only now, so that the fixture replaces that of pytest-django.
    config.pluginmanager.register(Database(), "database-of-mutants")


def _create():
    from django.db import connection
    from django.test.utils import setup_databases

    global _copy
    setup_databases(verbosity=0, interactive=False)
    connection.ensure_connection()
    _copy = sqlite3.connect(":memory:")
    connection.connection.backup(_copy)


def _restore():
    from django.db import connection

    connection.ensure_connection()
    _copy.backup(connection.connection)
