"""A window on the pages, and what can be wrong with what it shows."""

from pathlib import Path
from urllib.parse import urlparse

from axe_playwright_python.sync_playwright import Axe

from benchmarks.served import SETTLED

SCREENS = {"desk": (1440, 900), "phone": (390, 844)}
# The script has ended, and tables and figures, which take their height a while later, have it: three looks long.
STILL = """([isSettled, wait]) => {
    const height = document.querySelector('[data-testid=stMain]')?.scrollHeight;
    const before = window.looks?.wait === wait ? window.looks : {count: 0};
    const isStill = eval(isSettled)() && height === before.height;
    window.looks = {wait, height, count: isStill ? before.count + 1 : 0};
    return window.looks.count >= 3;
}"""
# A Chinese character that no font has is drawn as an empty box, the same box for every character.
DISTINCT_GLYPHS = """() => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 48;
    const context = canvas.getContext('2d', {willReadFrequently: true});
    context.font = '32px ' + getComputedStyle(document.body).fontFamily;
    const drawings = [...'巡查覆盖率数据质量矿乡镇'].map(character => {
        context.clearRect(0, 0, 48, 48);
        context.fillText(character, 4, 38);
        return context.getImageData(0, 0, 48, 48).data.filter((_, i) => i % 4 === 3).join();
    });
    return [new Set(drawings).size, drawings.length];
}"""
# What is wider than its box and hides the rest; scrolling boxes and tooltips are fine.
CUT_OFF = """() => [...document.querySelectorAll(
    'h1, h2, h3, p, li, label, td, th, [data-testid=stMetricValue] *, [data-testid=stMetricDelta] *'
)].filter(element => {
    const style = getComputedStyle(element);
    const hides = style.overflowX === 'hidden' || style.textOverflow === 'ellipsis';
    return element.offsetParent && hides && element.scrollWidth > element.clientWidth + 1;
}).map(element => element.textContent)"""
# The page itself must not scroll sideways; a table may, inside its own box.
WIDER_THAN_SCREEN = """() => [
    ...[...document.querySelectorAll('html, [data-testid=stMain]')]
        .filter(box => box.scrollWidth > box.clientWidth + 1),
    ...[...document.querySelectorAll('[data-testid=stElementContainer]')]
        .filter(box => box.getBoundingClientRect().right > innerWidth),
].map(box => box.textContent.slice(0, 80))"""
OUTSIDE_FIGURES = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
    const frame = plot.getBoundingClientRect();
    return [...plot.querySelectorAll('text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
    }).map(text => text.textContent);
})"""

# A legend of more lines than were reserved for it would lie on the bars or on their days.
LEGENDS_ON_PLOTS = """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
    const legend = plot.querySelector('.legend')?.getBoundingClientRect();
    return [...plot.querySelectorAll('.nsewdrag, .xtick text')].filter(part =>
        legend && part.getBoundingClientRect().bottom > legend.top + 1
    ).map(() => plot.textContent.slice(0, 80));
})"""


class Visit:
    """One page in one window, and everything it asked for or complained about."""

    def __init__(self, browser, screen: str):
        width, height = SCREENS[screen]
        self.context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", accept_downloads=True
        )
        self.page = self.context.new_page()
        self.hosts: set[str] = set()
        self.complaints: list[str] = []
        self.waits = 0
        self.page.on("request", lambda request: self.seen(request.url))
        self.page.on("websocket", lambda socket: self.seen(socket.url))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self.heard)
        self.page.on("response", self.answered)

    def seen(self, url: str) -> None:
        if urlparse(url).scheme not in {"data", "blob"}:
            self.hosts.add(urlparse(url).hostname)

    def heard(self, message) -> None:
        # Failed requests say no address here; `answered` judges them.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.complaints.append(message.text)

    def answered(self, response) -> None:
        # On a sub-page the app looks for its server below that page first.
        looks_for_server = response.url.endswith(("/_stcore/health", "/_stcore/host-config"))
        if response.status >= 400 and not looks_for_server:
            self.complaints.append(f"{response.status} {response.url}")

    def open(self, url: str, heading: str):
        self.page.goto(url)
        self.page.get_by_role("heading", name=heading, level=1).wait_for(timeout=60_000)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until the script has run and every figure and table is drawn."""
        self.page.wait_for_timeout(300)
        self.waits += 1
        self.page.wait_for_function(STILL, arg=[SETTLED, self.waits], polling=200, timeout=60_000)

    def fine(self) -> None:
        """Nothing has failed, nothing was asked of anybody else, and the page fits its width."""
        assert self.page.locator("[data-testid=stException]").count() == 0, self.page.url
        assert self.complaints == []
        assert self.hosts == {"127.0.0.1"}
        assert self.page.evaluate(WIDER_THAN_SCREEN) == [], "wider than the screen"

    def look(self, picture: Path) -> None:
        """Everything on the page can be read; the whole of it is in the picture, and in the window."""
        self.fine()
        different, all_glyphs = self.page.evaluate(DISTINCT_GLYPHS)
        assert different == all_glyphs, "Chinese is drawn as empty boxes"
        # Streamlit scrolls inside, so the window grows first.
        size = self.page.viewport_size
        height = self.page.locator("[data-testid=stMain]").evaluate("main => main.scrollHeight")
        self.page.set_viewport_size({"width": size["width"], "height": height + 80})
        self.settle()
        self.page.screenshot(path=picture)
        for fault in (CUT_OFF, OUTSIDE_FIGURES, LEGENDS_ON_PLOTS, WIDER_THAN_SCREEN):
            assert self.page.evaluate(fault) == []


def faults(page) -> list[str]:
    """What keeps people from reading or using the page: serious and critical findings of axe-core."""
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in Axe().run(page).response["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]
