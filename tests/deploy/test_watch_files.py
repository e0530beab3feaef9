"""Laws of the dashboard and the alerts: they ask for what a worker tells, for all of it, and each alert is explained."""

import json
import re
from itertools import chain
from typing import Any

import yaml

from stream.worker.metrics import METRICS, Metric
from tests.deploy.services import services
from tests.deploy.tree import ROOT

WATCH = ROOT / "docs" / "watch"
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
PANELS = json.loads((WATCH / "dashboard.json").read_text())["panels"]
ALERTS = [
    rule for group in yaml.safe_load((WATCH / "alerts.yml").read_text())["groups"] for rule in group["rules"]
]


def told(metric: Metric) -> set[str]:
    """The names under which Prometheus has it."""
    endings = {"counter": ("_total",), "gauge": ("",), "histogram": ("_bucket", "_count", "_sum")}
    return {metric.name + ending for ending in endings[metric.kind]}


def asked(expressions: list[str]) -> set[str]:
    return set(chain.from_iterable(re.findall(r"slugline_\w+", one) for one in expressions))


def expressions(panel: dict[str, Any]) -> list[str]:
    return [target["expr"] for target in panel["targets"]]


def test_the_dashboard_shows_every_metric_and_no_other() -> None:
    """One that is not told would be an empty panel; one that is not shown, nobody would look at."""
    shown = asked(list(chain.from_iterable(map(expressions, PANELS))))
    assert shown <= set(chain.from_iterable(map(told, METRICS)))
    assert all(told(metric) & shown for metric in METRICS)


def test_panels_have_places_of_their_own() -> None:
    """An id each, and no two over one another."""
    assert len({panel["id"] for panel in PANELS}) == len(PANELS)
    places = [
        (x, y)
        for at in (panel["gridPos"] for panel in PANELS)
        for x in range(at["x"], at["x"] + at["w"])
        for y in range(at["y"], at["y"] + at["h"])
    ]
    assert len(set(places)) == len(places) and max(x for x, _ in places) < 24


def test_alerts_ask_for_what_is_told() -> None:
    """And every one is explained where an operator looks, by its name."""
    assert asked([rule["expr"] for rule in ALERTS]) <= set(chain.from_iterable(map(told, METRICS)))
    assert [rule["alert"] for rule in ALERTS if f"**{rule['alert']}**" not in OPERATIONS] == []
    assert set(re.findall(r"\*\*(Slugline\w+)\*\*", OPERATIONS)) == {rule["alert"] for rule in ALERTS}


def test_every_file_is_where_its_container_looks() -> None:
    """What the compose file mounts is there, and all that there is to be mounted."""
    mounted = {
        volume.split(":")[0].removeprefix("./")
        for name in ("prometheus", "grafana")
        for volume in services()[name]["volumes"]
    }
    assert all((ROOT / path).exists() for path in mounted)
    files = [path.relative_to(ROOT).as_posix() for path in WATCH.rglob("*") if path.is_file()]
    assert [path for path in files if not any(path.startswith(each) for each in mounted)] == []
