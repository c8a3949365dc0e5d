"""Distribution of tests among the processes of a run."""

from xdist.scheduler import LoadScopeScheduling


class GroupScheduling(LoadScopeScheduling):
    """Scheduler that gives each idle process the next test, or the next group.

    Tests that share an expensive fixture are one group, run by one process and started first.
    """

    def _split_scope(self, nodeid):
        """Return the name of a test's group."""
        path = nodeid.partition("::")[0]
        if path.startswith(
            ("tests/browser/", "tests/portal/demo/", "tests/bin/", "tests/test_new_type")
        ):
            return path.rpartition("/")[0]
        return nodeid
