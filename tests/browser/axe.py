"""axe-core, the widest of the automatic tests for the rules of WCAG 2.2 A and AA."""

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
#: The rules whose answer differs between light and dark, which are the dearest too.
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
QUICK = {"preload": False, "resultTypes": ["violations"]}
ALL = {"runOnly": {"type": "tag", "values": LEVELS}, **QUICK}
COLOURS = {"runOnly": COLOUR_RULES, **QUICK}
ALL_BUT_COLOURS = {**ALL, "rules": {name: {"enabled": False} for name in COLOUR_RULES}}
RUN = """async (options) => {
  const { violations } = await axe.run(document, options);
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html}`));
}"""


def barriers(page, axe, rules=ALL, **media):
    """What breaks the rules in the page as it is now; `axe` is the script of that name."""
    if media:
        page.emulate_media(**media)
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    return page.evaluate(RUN, rules)
