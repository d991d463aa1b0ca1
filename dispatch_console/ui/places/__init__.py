"""Orders whose address is not certain: one after the other gets its place."""

from dispatch_console.ui.places.looking import Known, Looking, use
from dispatch_console.ui.places.panel import PlacesPanel

__all__ = ["Known", "Looking", "PlacesPanel", "use"]
