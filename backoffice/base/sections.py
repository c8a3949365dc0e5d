"""Order of the sections of a form."""


def sections(adminform, inlines):
    """Return the form's parts in the order in which they are written.

    Leading rows come second, and what only staff see comes last.
    """
    fieldsets = [{"fieldset": fieldset} for fieldset in adminform]
    leading = [{"inline": inline} for inline in inlines if inline.opts.is_leading]
    others = [{"inline": inline} for inline in inlines if not inline.opts.is_leading]
    closing = [part for part in fieldsets if "closing" in part["fieldset"].classes]
    opening = [part for part in fieldsets if part not in closing]
    return [*opening[:1], *leading, *opening[1:], *others, *closing]
