"""A rehearsal of Streamlit Community Cloud: what it installs, where it starts the page, under which address."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from driver import OpenSite, Server, serving
from playwright.sync_api import expect

from twofronts.scene import Scene

PREFIX = "some/prefix"


@pytest.fixture(scope="module")
def cloud(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The page in a new environment made from requirements.txt alone, started at the root of the repository, under a path."""
    scratch = tmp_path_factory.mktemp("cloud")
    commands = scratch / "environment" / "bin"
    subprocess.run([sys.executable, "-m", "venv", scratch / "environment"], check=True)
    subprocess.run([commands / "pip", "install", "-q", "-r", "requirements.txt"], cwd=repo, check=True)
    with serving(repo, scratch / "log", "--server.baseUrlPath", PREFIX, path=f"/{PREFIX}", program=[str(commands / "streamlit")]) as server:
        yield server


@pytest.mark.network
def test_the_page_runs_as_the_cloud_would_run_it(open_site: OpenSite, cloud: Server, scene: Scene) -> None:
    # open_site fails the test for any request to elsewhere and any error in the console
    site = open_site("?date=1945-04-25", at=cloud)
    assert site.page.url.startswith(f"{cloud.address}?")
    assert site.map.date == "1945-04-25"
    expect(site.day).to_contain_text("Wednesday, 25 April 1945")
    expect(site.page.get_by_role("combobox")).to_be_visible()
    name = site.map.clickable_events()[0]
    site.map.marker(name).click()
    expect(site.card.locator("h2")).to_have_text(scene.events_by_id[name]["properties"]["title"]["en"])
    site.has_param("event", name)
    site.map.has_drawn()
    assert len(set(site.map.sketch())) > 100, "nothing is drawn"
