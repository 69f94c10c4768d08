"""A page in the hands of somebody who has a keyboard and nothing else."""

from playwright.sync_api import Page

START = """() => {
  scrollTo(0, 0);
  window.reached = new Set();
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
STOP = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  const again = window.reached.has(at) && at.matches(".skip");
  window.reached.add(at);
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  // The parts of a date show a ring of their own, inside the field.
  const ringed = at.type === "date" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
  const box = at.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const covered = !top || !(at.contains(top) || top.contains(at));
  return { is: at.outerHTML.slice(0, 120), ringed, covered, again };
}"""
MISSED = """() => [
  ...document.querySelectorAll("a[href], button, input, select, textarea, summary")]
  .filter((control) => control.checkVisibility({ visibilityProperty: true }))
  .filter(({ disabled, tabIndex, type }) => !disabled && tabIndex >= 0 && type !== "radio")
  .filter((control) => !window.reached.has(control))
  .map((control) => `never reached: ${control.outerHTML.slice(0, 120)}`)"""
FIRST = "() => [...window.reached][0]?.matches('.skip')"
AT_MAIN = "() => document.activeElement.id === 'main'"
MOST_STOPS = 120


def troubles(page: Page) -> list[str]:
    """From the first Tab to the last: the skip link, everything, a ring, nothing covered."""
    found = walk(page)
    if not page.evaluate(FIRST):
        found.append("the skip link is not the first stop")
    found += page.evaluate(MISSED)
    page.evaluate(START)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    return found if page.evaluate(AT_MAIN) else [*found, "the skip link leads nowhere"]


def walk(page: Page) -> list[str]:
    page.evaluate(START)
    found: list[str] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["again"]:  # out at the end, or around to the beginning
            return found
        if not stop["ringed"]:
            found.append(f"no ring: {stop['is']}")
        if stop["covered"]:
            found.append(f"covered: {stop['is']}")
    return [*found, "no way out"]
