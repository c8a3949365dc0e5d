from portal.server.preparation import (
    collect_static_files,
    ensure_superuser,
    is_empty,
    migrate,
    require_cache,
    require_free_port,
    static_files_changed,
)
from portal.server.workers import run_server

__all__ = [
    "collect_static_files",
    "ensure_superuser",
    "is_empty",
    "migrate",
    "require_cache",
    "require_free_port",
    "run_server",
    "static_files_changed",
]
