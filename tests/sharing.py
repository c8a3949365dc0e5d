"""How the processes of a run share the tests."""

from xdist.scheduler import LoadScopeScheduling


class Groups(LoadScopeScheduling):
    """Each process takes the next test when it has finished one; what shares something dear
    goes to one process as a whole, and is begun first."""

    def _split_scope(self, nodeid):
        """Name of a test's group."""
        path = nodeid.partition("::")[0]
        if path.startswith("tests/browser/"):
            # Two processes with a browser each: they wait for pages half of the time.
            return "browser, a to k" if path < "tests/browser/test_l" else "browser, l to z"
        if path.startswith(("tests/portal/demo/", "tests/bin/")):
            return path.rpartition("/")[0]
        return nodeid
