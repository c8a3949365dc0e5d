"""How the processes of a run share the tests."""

from xdist.scheduler import LoadScopeScheduling


class Groups(LoadScopeScheduling):
    """Each process takes the next test when it has finished one; what shares something dear
    goes to one process as a whole, and is begun first."""

    def _split_scope(self, nodeid):
        """Name of a test's group."""
        path = nodeid.partition("::")[0]
        if path.startswith(("tests/browser/", "tests/portal/demo/", "tests/bin/")):
            return path.rpartition("/")[0]
        return nodeid
