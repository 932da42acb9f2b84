"""Pictures of every page of a published county, on a desk, on a phone and on a wall.

    python -m benchmarks.screenshots FOLDER [--home DIR]

Starts the dashboards on a free port of this machine and looks at each page with Chromium.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.served import CHROMIUM, FLAGS, SETTLED, serving
from dashboards import access
from warehouse.settings import Home

SCREENS = {"desk": (1440, 900), "phone": (390, 844)}
WALL = (1920, 1080)
# No page is longer than anybody would scroll; Chromium draws no picture without end.
LONGEST = 6_000


def take(browser: Browser, address: str, size: tuple[int, int], path: Path) -> None:
    """One page in a window of that size; what is below its edge is in the picture, too."""
    width, height = size
    page = browser.new_page(viewport={"width": width, "height": height}, locale="zh-CN")
    page.goto(address)
    page.locator("h1").first.wait_for(timeout=120_000)
    page.wait_for_timeout(1_000)
    page.wait_for_function(SETTLED, timeout=120_000)
    if size != WALL:
        tall = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        page.set_viewport_size({"width": width, "height": min(max(tall, height), LONGEST)})
        page.wait_for_timeout(2_000)
    page.wait_for_timeout(500)
    page.screenshot(path=path)
    page.close()


def main() -> None:
    """Take all pictures and name each file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--home", type=Path)
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    with serving(Home.open(chosen.home).root) as (address, _), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for page in access.PAGES:
            screens = {"wall": WALL} if page.name == "wall" else SCREENS
            for screen, size in screens.items():
                path = chosen.folder / f"{page.name}-{screen}.png"
                take(browser, f"{address}/{page.name}", size, path)
                sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
