"""The map as one folium document that needs no other file and no network."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import Any

import folium
from branca.element import Figure, MacroElement
from folium.template import Template
from xstatic.pkg import leaflet

from twofronts.mapdoc.scripts import bundle

_STATIC = files("twofronts.mapdoc") / "static"
_STYLESHEETS = ("map.css", "timeline.css", "plates.css", "legend.css", "card.css", "when.css", "search.css")
_FACES = (
    ("Atlas Sans", "sans", 400, "normal"),
    ("Atlas Sans", "sans", 600, "normal"),
    ("Atlas Serif", "serif", 400, "normal"),
    ("Atlas Serif", "serif", 600, "normal"),
    ("Atlas Serif", "serif", 400, "italic"),
)
# The two halves of each face; a browser unpacks the second only for a text that needs it.
_FACE_PARTS = {
    "latin": "U+0020-00FF,U+0131,U+0152-0153,U+2010-203A,U+2190-2193,U+2212",
    "latin-ext": "U+0100-0130,U+0132-0151,U+0154-021B,U+2248",
}
# Data blocks, which no browser runs.
_INERT = re.compile('type="(?:application/json|text/plain)"')
_OPTIONS: dict[str, Any] = {
    "zoom_control": False,
    "attribution_control": False,
    # the atlas script follows the map's size itself
    "track_resize": False,
    "zoom_snap": 0.5,
    "wheel_px_per_zoom_level": 90,
    "max_bounds": True,
    "min_lat": -58,
    "max_lat": 84,
    "min_lon": -179,
    "max_lon": 179,
    "max_bounds_viscosity": 0.8,
}


class _Page(Figure):
    """A branca figure whose document is valid HTML, says its language and loads scripts inside the body."""

    _template = Template(
        "<!DOCTYPE html>\n"
        '<html lang="{{ this.lang }}">\n'
        "<head>\n{{ this.header.render(**kwargs) }}\n</head>\n"
        "<body>\n{{ this.html.render(**kwargs) }}\n"
        "<script>{{ this.script.render(**kwargs) }}</script>\n"
        "</body>\n</html>\n"
    )

    def __init__(self, lang: str) -> None:
        super().__init__()
        self.lang = lang


class _AtlasMap(folium.Map):
    """A folium map inside the frame that the atlas fills."""

    # folium would hand limits of zoom to its tiles only, and there are none.
    # folium's own header forbids zooming the page, which readers with weak eyes need.
    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <meta name="viewport" content="width=device-width, initial-scale=1">
        {% endmacro %}
        {% macro html(this, kwargs) %}
        <main class="atlas"><div class="stage">
        <div class="folium-map" id="{{ this.get_name() }}" role="application" tabindex="0"></div>
        </div></main>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {
            center: {{ this.location|tojson }}, minZoom: 3, maxZoom: 10, ...{{ this.options|tojavascript }}
        });
        {% endmacro %}
        """
    )


class _Atlas(MacroElement):
    """Everything we add to the folium map: styles, data and the atlas script."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        <style>{{ this.style }}</style>
        <script type="text/plain" id="twofronts-worker">{{ this.worker }}</script>
        <script>{{ this.start }}</script>
        <script>{{ this.leaflet }}</script>
        {% endmacro %}
        {% macro html(this, kwargs) %}
        <script type="application/json" id="twofronts-data">{{ this.data }}</script>
        <script type="module">{{ this.script }}</script>
        {% endmacro %}
        """
    )

    def __init__(self, data: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Atlas"
        self.data = data
        self.style = "\n".join(_styles())
        self.script = bundle(_STATIC, "main.js")
        self.start = bundle(_STATIC, "start_worker.js")
        self.worker = bundle(_STATIC, "scene_worker.js")
        self.leaflet = _leaflet("leaflet.js").partition("//# sourceMappingURL")[0]


def build_document(payload: Mapping[str, Any]) -> str:
    """Self-contained HTML document of the map, the same bytes for the same payload.

    ``payload`` is what ``mapdoc.payload`` builds: JSON-serialisable, coordinates in 1/1000 degree.
    Its texts reach the reader as text only; ``<`` is escaped so that none can end the script element.
    The document forbids itself every request: its content security policy names each script by hash.
    """
    page = _Page(payload["config"].get("lang") or "en")
    atlas_map = _AtlasMap(location=[50, 14], zoom_start=5, tiles=None, **_OPTIONS)
    # Leaflet comes inlined; folium's other libraries are not needed and would be fetched from content networks.
    atlas_map.default_js, atlas_map.default_css = [], []
    # folium names elements at random; a fixed name keeps the document reproducible.
    atlas_map._id = "twofronts"
    atlas_map.add_to(page)
    _Atlas(_escaped_json(payload)).add_to(atlas_map)
    html: str = page.render()
    return _with_policy(html)


def _escaped_json(payload: Mapping[str, Any]) -> str:
    text = json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("<", "\\u003c")


def _styles() -> Iterator[str]:
    # Leaflet's own images belong to controls this map does not have.
    yield re.sub(r"url\([^)]*\)", "none", _leaflet("leaflet.css"))
    for family, short, weight, style in _FACES:
        for part, letters in _FACE_PARTS.items():
            font = (_STATIC / "fonts" / f"atlas-{short}-{weight}-{style}-{part}.woff2").read_bytes()
            url = "data:font/woff2;base64," + base64.b64encode(font).decode("ascii")
            yield (
                f'@font-face{{font-family:"{family}";font-weight:{weight};font-style:{style};'
                f'src:url({url}) format("woff2");unicode-range:{letters}}}'
            )
    for name in _STYLESHEETS:
        yield (_STATIC / name).read_text(encoding="utf-8")


def _leaflet(name: str) -> str:
    with open(f"{leaflet.BASE_DIR}/{name}", encoding="utf-8", newline=None) as file:
        return file.read()


def _with_policy(html: str) -> str:
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(_hashes(html, "script")),
            "style-src " + " ".join(_hashes(html, "style")),
            "img-src data:",
            "font-src data:",
            "worker-src blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace("<head>", f"<head>\n{meta}", 1)


def _hashes(html: str, tag: str) -> Iterator[str]:
    for match in re.finditer(rf"<{tag}([^>]*)>(.*?)</{tag}>", html, re.DOTALL):
        if not _INERT.search(match[1]):
            digest = hashlib.sha256(match[2].encode("utf-8")).digest()
            yield f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
