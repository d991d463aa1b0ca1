"""What in a day needs a dispatcher: found from the day itself, worst first, each with one thing to do about it.

An incident is gone when its cause is; what people did with it (since when it is known, who owns it, until when it
is put off) is kept by `book`.
"""

from dispatch_console.services.incidents.finding import incidents
from dispatch_console.services.incidents.values import Around, Deed, Held, Incident, Kind

__all__ = ["Around", "Deed", "Held", "Incident", "Kind", "incidents"]
