"""What Lighthouse says of the demo, as on a phone: `script/lighthouse`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.browser.serving import executable, served

LIGHTHOUSE = "lighthouse@12.8.2"
PATHS = ("/", "/compare/practice-manager-vs-office-manager/", "/roles/office-manager/")


def measure(url: str, folder: Path) -> dict[str, Any]:
    """Return Lighthouse's report of the page. Raises CalledProcessError if it could not be made."""
    report = folder / "report.json"
    flags = "--headless=new --no-sandbox" if os.geteuid() == 0 else "--headless=new"
    command = ["npx", "--yes", LIGHTHOUSE, url, "--quiet", "--output=json", f"--output-path={report}"]
    options = [f"--chrome-flags={flags}", "--no-enable-error-reporting"]
    found = executable()
    environment = os.environ | ({"CHROME_PATH": found} if found else {})
    subprocess.run([*command, *options], env=environment, check=True)
    told: dict[str, Any] = json.loads(report.read_text())
    return told


def lines(report: dict[str, Any]) -> list[str]:
    """Return the scores, of 100, and below them each audit that costs some."""
    scores = "  ".join(f"{each['title']} {each['score'] * 100:.0f}" for each in report["categories"].values())
    weighed = {ref["id"] for each in report["categories"].values() for ref in each["auditRefs"] if ref["weight"]}
    audits = [audit for name, audit in report["audits"].items() if name in weighed and (audit["score"] or 0) < 1]
    short = [audit for audit in audits if audit["scoreDisplayMode"] not in {"notApplicable", "manual", "informative"}]
    return [scores, *(f"    {audit['title']}: {audit.get('displayValue') or audit['score']}" for audit in short)]


def main(paths: list[str]) -> None:
    """Print what Lighthouse says of each path."""
    with TemporaryDirectory() as name, served(Path(name)) as site:
        for path in paths:
            try:
                told = lines(measure(site.url + path, Path(name)))
            except subprocess.CalledProcessError:
                told = ["Lighthouse could not measure it: try again."]
            print(path, *told, sep="\n  ")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:] or list(PATHS))
