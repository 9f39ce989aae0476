"""Pictures of the documentation, taken from the running program: `python tools/take_screenshots.py`.

Makes a home with the demonstration in a temporary folder, opens its dossier in Chromium and writes docs/images/*.png.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run", "--disable-sync")
PICTURES = {"dossier": "#origin", "summary": "#summary", "suppliers": "#suppliers"}


def main() -> int:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        command = [str(Path(sys.executable).parent / "ancrage"), "demo", "--quiet"]
        subprocess.run(command, env={**os.environ, "ANCRAGE_HOME": str(home)}, check=True, stdout=subprocess.DEVNULL)
        dossier = next((home / "dossiers").rglob("dossier.html"))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=list(FLAGS))
            page = browser.new_page(
                viewport={"width": 1200, "height": 820}, device_scale_factor=1.5, reduced_motion="reduce"
            )
            page.goto(dossier.as_uri())
            for name, anchor in PICTURES.items():
                page.locator(anchor).evaluate("element => element.scrollIntoView({behavior: 'instant'})")
                page.wait_for_timeout(500)
                page.screenshot(path=IMAGES / f"{name}.png")
            browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
