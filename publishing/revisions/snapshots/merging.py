"""Three-way merge of snapshots."""

from publishing.revisions.snapshots.comparison import by_key


def merge(base, theirs, mine):
    """Return the three-way merge of snapshots, and a list of paths with conflicts.

    Changes are merged by field, link and row. Where both sides changed the same path
    differently, the result has `mine`.
    """
    conflicts = []

    def choose(path, b, t, m):
        if m == b or t == m:
            return t
        if t != b:
            conflicts.append(path)
        return m

    merged = {
        "fields": {
            name: choose(
                ("fields", name), base["fields"].get(name), theirs["fields"].get(name), m
            )
            for name, m in mine["fields"].items()
        },
        "links": {
            name: _merge_links(base["links"].get(name, []), theirs["links"].get(name, []), m)
            for name, m in mine["links"].items()
        },
        "rows": {},
    }
    for name in {**theirs["rows"], **mine["rows"]}:
        sides = [by_key(side["rows"].get(name, [])) for side in (base, theirs, mine)]
        merged["rows"][name] = _merge_rows(name, *sides, choose, conflicts)
    return merged, conflicts


def _merge_links(base, theirs, mine):
    added = set(mine) - set(base)
    removed = set(base) - set(mine)
    return sorted((set(theirs) | added) - removed)


def _merge_rows(name, base, theirs, mine, choose, conflicts):
    rows = []
    for key in _merged_order(base, theirs, mine):
        b, t, m = base.get(key), theirs.get(key), mine.get(key)
        if t is None or m is None:
            # Added or deleted on one side; a change wins over a deletion.
            side = m if t is None else t
            deleted = b is not None
            if deleted and side == b:
                continue
            if deleted:
                conflicts.append(("rows", name, key))
            rows.append({"pk": key, "fields": side})
            continue
        fields = {
            c: choose(("rows", name, key, c), (b or {}).get(c), t.get(c), m[c]) for c in m
        }
        rows.append({"pk": key, "fields": fields})
    return rows


def _merged_order(base, theirs, mine):
    """Return the order of `mine` if it moved rows, else of `theirs`; extra rows go last."""
    moved = [k for k in mine if k in base] != [k for k in base if k in mine]
    first, second = (mine, theirs) if moved else (theirs, mine)
    return list({**first, **second})
