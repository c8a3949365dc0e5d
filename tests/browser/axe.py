"""Accessibility checks by axe-core, for WCAG 2.2 levels A and AA."""

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
#: Rules whose result differs between light and dark, and which are the slowest.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
QUICK = {"preload": False, "resultTypes": ["violations"]}
ALL = {"runOnly": {"type": "tag", "values": LEVELS}, **QUICK}
COLOURS = {"runOnly": COLOUR_RULES, **QUICK}
ALL_BUT_COLOURS = {**ALL, "rules": {name: {"enabled": False} for name in COLOUR_RULES}}
RUN = """async (options) => {
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}"""


def violations(page, axe, rules=ALL, **media):
    """Return the violations in the page's current state; `axe` is the script of axe-core."""
    if media:
        page.emulate_media(**media)
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    return page.evaluate(RUN, rules)
