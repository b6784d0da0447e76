"""A page worked without a mouse."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import BrowserContext, Locator, Page

# What a keyboard must reach. Of a group of radio buttons it is one; the arrows go to the others. What a picture links to
# is in the list beside it.
WANTED = """() => {
    const isBefore = (o, e) => (e.compareDocumentPosition(o) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
    const isStop = e => e.type !== 'radio' || e.checked
        || ![...document.getElementsByName(e.name)].some(o => o.form === e.form && (o.checked || isBefore(o, e)));
    return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')]
        .filter(e => !e.closest('svg') && !e.disabled && e.type !== 'hidden')
        .filter(e => e.checkVisibility({ visibilityProperty: true }) && isStop(e));
}"""

STOP = """() => {
    const e = document.activeElement;
    if (!e || e === document.body) { return null; }
    const style = getComputedStyle(e), box = e.getBoundingClientRect();
    return {
        what: e.outerHTML.slice(0, 160),
        isShown: ((style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none')
            && box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    };
}"""

# Notes at each Tab where the focus is before it goes on: one message from here to the browser for each stop.
NOTE_STOPS = f"""() => {{
    const wanted = ({WANTED})(), stop = {STOP};
    window.__stops = [];
    addEventListener('keydown', event => {{
        if (event.key !== 'Tab') {{ return; }}
        const found = stop();
        window.__stops.push(found && {{ ...found, number: wanted.indexOf(document.activeElement) }});
    }}, true);
    return wanted.map(e => e.outerHTML.slice(0, 160));
}}"""

# A pointer that went down is an error on the page's console, which every journey looks at.
NO_MOUSE = "addEventListener('pointerdown', () => console.error('a mouse was used'), true);"


def without_mouse(context: BrowserContext) -> None:
    """Has every page of that browser complain of a mouse."""
    context.add_init_script(NO_MOUSE)


@dataclass
class Walk:
    """What somebody met who pressed Tab from the beginning of a page to its end."""

    stops: int
    missed: list[str]
    invisible: list[str]
    ends: bool


def walk(page: Page) -> Walk:
    wanted = page.evaluate(NOTE_STOPS)
    page.keyboard.press("Tab")
    page.evaluate("window.__stops = []")
    stops: list[dict | None] = []
    # A date has a stop for each of its parts, and what scrolls is a stop too.
    while len(stops) < 3 * len(wanted) + 100 and None not in stops:
        for _ in range(20):
            page.keyboard.press("Tab")
        stops = page.evaluate("window.__stops")
    ends = None in stops
    met = stops[:stops.index(None)] if ends else stops
    reached = {stop["number"] for stop in met}
    missed = [what for number, what in enumerate(wanted) if number not in reached]
    return Walk(len(met), missed, [stop["what"] for stop in met if not stop["isShown"]], ends)


@dataclass
class Hands:
    """Somebody at the keys, who must see at each stop where they are."""

    page: Page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def go_to(self, target: Locator, key: str = "Tab") -> None:
        """Presses Tab, or Shift+Tab, until the focus is there."""
        for _ in range(400):
            self.page.keyboard.press(key)
            stop = self.page.evaluate(STOP)
            assert stop is None or stop["isShown"], f"the focus is not to be seen on {stop['what']}"
            if target.evaluate("e => e === document.activeElement"):
                return
        raise AssertionError(f"the keyboard does not reach {target}")

    def write(self, field: Locator, text: str) -> None:
        """Goes to a field and writes over what stands in it."""
        self.go_to(field)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def use(self, target: Locator, key: str = "Tab") -> None:
        """Goes to a link or a button and presses Enter."""
        self.go_to(target, key)
        self.page.keyboard.press("Enter")

    def find(self, words: str, found: str) -> None:
        """Ctrl K, and Enter on the first thing that is found."""
        self.press("Control+k")
        self.type(words)
        option = self.page.get_by_role("option").first
        option.filter(has_text=found).wait_for()
        self.press("Enter")
