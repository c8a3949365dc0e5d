from portal.management.commands.serve import login_rows

__all__ = [
    "login_rows",
]
