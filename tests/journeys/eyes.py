"""What is wrong with a page: for screen readers, for small screens, for the policy."""

from functools import cache
from typing import Any

from playwright.sync_api import Page

from settings.stack.installation import PROJECT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# The rules that depend on a theme and a width; the others judge what does not change.
BY_LOOKS = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
AXE = """async (part, rules) => {
  const found = await axe.run(part, { runOnly: rules, resultTypes: ["violations"] });
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)} ${node.failureSummary}`));
}"""
STRUCTURE = """() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const wrong = [];
  const must = (holds, words) => holds || wrong.push(words);
  const root = document.documentElement;
  must(all("h1").length === 1, `${all("h1").length} h1`);
  must(all("main").length === 1, "one main");
  must(/\\S – Strongroom$/.test(document.title), `title: ${document.title}`);
  must(root.lang && root.dir, "lang and dir");
  // What pdf.js draws and measures, it puts in its place from a script.
  for (const element of all(":not(.page, .page *, body > canvas)")) {
    const bad = [...element.attributes].filter(({ name }) => /^(style|on.+)$/.test(name));
    must(!bad.length, `${bad[0]?.name} on ${element.tagName}`);
  }
  const inline = all("script:not([src])").filter(({ type }) => type !== "application/json");
  must(!inline.length, `inline script ${inline[0]?.text}`);
  const ids = all("[id]").map(({ id }) => id);
  const twice = ids.filter((id, n) => ids.indexOf(id) < n);
  must(!twice.length, `ids twice: ${twice}`);
  return wrong;
}"""
GEOMETRY = """() => {
  const width = innerWidth, wrong = [];
  const scrolled = document.documentElement.scrollWidth;
  if (scrolled > width) wrong.push(`${scrolled} px wide in ${width}`);
  const mayStickOut = (element) => {
    for (let up = element; up; up = up.parentElement) {
      const { overflowX, textOverflow } = getComputedStyle(up);
      if (/auto|scroll/.test(overflowX) || textOverflow === "ellipsis") return true;
    }
    return !element.checkVisibility({ visibilityProperty: true })
      || element.closest(".skip, .hidden-words");
  };
  const check = (element, { left, right }) => {
    if ((left >= -0.5 && right <= width + 0.5) || mayStickOut(element)) return;
    wrong.push(`${Math.round(left)}..${Math.round(right)}: ${element.outerHTML.slice(0, 120)}`);
  };
  const controls = "a[href], button, input, select, textarea, summary";
  for (const control of document.querySelectorAll(controls))
    check(control, control.getBoundingClientRect());
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (words.nextNode()) {
    if (!words.currentNode.data.trim()) continue;
    range.selectNodeContents(words.currentNode);
    check(words.currentNode.parentElement, range.getBoundingClientRect());
  }
  return wrong;
}"""


@cache
def axe_source() -> str:
    return (PROJECT / "node_modules" / "axe-core" / "axe.min.js").read_text()


def look(page: Page, scheme: Any, width: int) -> None:
    """See the page in a theme and a width; two frames later all its colours are there."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(
        "() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)))"
    )


def flaws(page: Page) -> list[str]:
    """Of the page's structure, and what sticks out at this width."""
    return [*page.evaluate(STRUCTURE), *page.evaluate(GEOMETRY)]


def barriers(page: Page, rules: list[str] = TAGS, *, part: str = "html") -> list[str]:
    """What axe finds. It tries out styles on the page, of which a strict policy complains."""
    if not page.evaluate("() => !!window.axe"):
        page.evaluate(axe_source())
    found: list[str] = page.locator(part).evaluate(AXE, rules)
    return found
