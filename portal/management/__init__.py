from portal.management.commands.prepare import login_rows

__all__ = [
    "login_rows",
]
