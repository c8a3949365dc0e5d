"""Differences between two snapshots."""


def diff(old, new):
    """Return the differences between two snapshots as (path, old value, new value).

    Paths are as in `missing`, with ("rows", relation, id) for a row that was added or removed,
    whose other side is None, and ("rows", relation, None) for a different order.
    """
    found = [
        (("fields", name), old["fields"].get(name), new["fields"].get(name))
        for name in {**old["fields"], **new["fields"]}
    ]
    found += [
        (("links", name), old["links"].get(name, []), new["links"].get(name, []))
        for name in {**old["links"], **new["links"]}
    ]
    changes = [change for change in found if change[1] != change[2]]
    for name in {**old["rows"], **new["rows"]}:
        changes += _diff_rows(name, old["rows"].get(name, []), new["rows"].get(name, []))
    return changes


def _diff_rows(name, old, new):
    before, after = by_key(old), by_key(new)
    for key in {**before, **after}:
        if key not in before or key not in after:
            yield ("rows", name, key), before.get(key), after.get(key)
        else:
            for column in {**before[key], **after[key]}:
                values = before[key].get(column), after[key].get(column)
                if values[0] != values[1]:
                    yield ("rows", name, key, column), *values
    common = before.keys() & after.keys()
    order = [[key for key in rows if key in common] for rows in (before, after)]
    if order[0] != order[1]:
        yield ("rows", name, None), *order


def by_key(rows):
    return {row["pk"]: row["fields"] for row in rows}
