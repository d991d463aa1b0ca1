"""The map: folium's base page with Leaflet in QtWebEngine, our own canvas of routes and stops over it."""

from dispatch_console.ui.map.pane import MapPane
from dispatch_console.ui.map.scheme import register_scheme

__all__ = ["MapPane", "register_scheme"]
