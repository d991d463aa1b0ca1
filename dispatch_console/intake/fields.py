"""What a column can mean. One column has one field; some fields are made of several columns."""

from __future__ import annotations

from enum import StrEnum


class Field(StrEnum):
    REFERENCE = "reference"
    KIND = "kind"
    NAME = "name"
    FIRST_NAME = "first_name"
    LAST_NAME = "last_name"
    COMPANY = "company"
    PHONE = "phone"
    EMAIL = "email"
    STREET = "street"  # also a whole address
    ADDRESS_2 = "address_2"
    HOUSE_NUMBER = "house_number"
    HOUSE_ADDITION = "house_addition"
    POSTCODE = "postcode"
    CITY = "city"
    TOWN = "town"  # postcode and city in one cell
    COUNTRY = "country"
    LAT = "lat"
    LON = "lon"
    LAT_LON = "lat_lon"
    DAY = "day"
    WINDOW = "window"
    WINDOW_FROM = "window_from"
    WINDOW_TO = "window_to"
    SERVICE = "service"
    WEIGHT = "weight"
    WEIGHT_EACH = "weight_each"  # of one piece
    WEIGHT_LINE = "weight_line"  # of one line of the order: summed
    WEIGHT_UNIT = "weight_unit"
    VOLUME = "volume"
    VOLUME_EACH = "volume_each"
    VOLUME_LINE = "volume_line"
    PIECES = "pieces"
    PRIORITY = "priority"
    SKILLS = "skills"
    COD = "cod"
    CURRENCY = "currency"
    PAYMENT = "payment"  # the way to pay; cash on delivery makes the total the amount to collect
    TOTAL = "total"
    NOTES = "notes"
    ITEM_SKU = "item_sku"
    ITEM_DESCRIPTION = "item_description"
    ITEM_QUANTITY = "item_quantity"
    LINE = "line"
    # what an order asks of the plan
    RELEASE = "release"
    LATE = "late_per_minute"
    PARKING = "parking"
    ZONE = "zone"
    GOODS = "goods"
    NOT_DRIVERS = "not_drivers"
    KNOWN_BY = "known_by"
    # lists of drivers and vehicles
    DRIVER = "driver"
    VEHICLE = "vehicle"
    PLATE = "plate"
    CAPACITY_KG = "capacity_kg"
    CAPACITY_M3 = "capacity_m3"
    CAPACITY_PIECES = "capacity_pieces"
    SHIFT = "shift"
    SHIFT_START = "shift_start"
    SHIFT_END = "shift_end"
    BREAK_MINUTES = "break_minutes"
    BREAK_WINDOW = "break_window"
    BREAK_START = "break_start"
    BREAK_END = "break_end"
    START_PLACE = "start_location"
    END_PLACE = "end_location"
    COST_HOUR = "cost_per_hour"
    COST_KM = "cost_per_km"
    COST_FIXED = "fixed_cost"
    MAX_STOPS = "max_stops"
    WEEKDAYS = "weekdays"
    MAX_DRIVE = "max_drive"
    MAX_KM = "max_km"
    OVERTIME = "overtime"
    OVERTIME_COST = "overtime_cost"
    TOURS = "tours"
    RELOAD = "reload"
    HOME_ZONES = "home_zones"
    NO_ZONES = "no_zones"


#: Fields to which several columns may belong.
SEVERAL = frozenset(
    {
        Field.NOTES, Field.SKILLS, Field.WINDOW, Field.WINDOW_FROM, Field.WINDOW_TO, Field.ADDRESS_2, Field.GOODS,
        Field.NOT_DRIVERS, Field.KNOWN_BY,
    }
)  # fmt: skip

#: Fields whose cells are amounts that may have decimals.
NUMERIC = frozenset(
    {
        Field.WEIGHT, Field.WEIGHT_EACH, Field.WEIGHT_LINE, Field.VOLUME, Field.VOLUME_EACH, Field.VOLUME_LINE,
        Field.MAX_KM, Field.OVERTIME_COST,
        Field.COD, Field.TOTAL, Field.SERVICE, Field.PIECES, Field.ITEM_QUANTITY, Field.CAPACITY_KG,
        Field.CAPACITY_M3, Field.CAPACITY_PIECES, Field.COST_HOUR, Field.COST_KM, Field.COST_FIXED, Field.LATE,
        Field.PARKING,
    }
)  # fmt: skip

ITEMS = frozenset({Field.ITEM_SKU, Field.ITEM_DESCRIPTION, Field.ITEM_QUANTITY, Field.LINE})

FLEET_ONLY = frozenset(list(Field)[list(Field).index(Field.DRIVER) :])

#: What each field is called in the window, in the order in which a list of fields shows them.
LABELS: dict[Field, str] = {
    Field.REFERENCE: "Order no.", Field.KIND: "Kind", Field.NAME: "Name", Field.FIRST_NAME: "First name",
    Field.LAST_NAME: "Last name", Field.COMPANY: "Company", Field.PHONE: "Phone", Field.EMAIL: "E-mail",
    Field.STREET: "Street", Field.HOUSE_NUMBER: "No.", Field.HOUSE_ADDITION: "No. addition",
    Field.ADDRESS_2: "Address line 2", Field.POSTCODE: "Code", Field.CITY: "Town", Field.TOWN: "Code and town",
    Field.COUNTRY: "Country", Field.LAT: "Latitude", Field.LON: "Longitude", Field.LAT_LON: "Coordinates",
    Field.DAY: "Day", Field.WINDOW: "Window", Field.WINDOW_FROM: "Window from", Field.WINDOW_TO: "Window to",
    Field.SERVICE: "Stop, min", Field.WEIGHT: "kg", Field.WEIGHT_EACH: "kg a piece", Field.WEIGHT_LINE: "kg a line",
    Field.WEIGHT_UNIT: "Weight unit",
    Field.VOLUME: "m³", Field.VOLUME_EACH: "m³ a piece", Field.VOLUME_LINE: "m³ a line", Field.PIECES: "Pcs",
    Field.PRIORITY: "Priority", Field.SKILLS: "Skills", Field.COD: "Cash", Field.CURRENCY: "Currency",
    Field.PAYMENT: "Payment", Field.TOTAL: "Order total", Field.NOTES: "Note", Field.ITEM_SKU: "Item no.",
    Field.ITEM_DESCRIPTION: "Item", Field.ITEM_QUANTITY: "Item quantity", Field.LINE: "Line",
    Field.RELEASE: "Ready at", Field.LATE: "Late, a minute", Field.PARKING: "Parking, min", Field.ZONE: "Zone",
    Field.GOODS: "Goods class", Field.NOT_DRIVERS: "Not with driver", Field.KNOWN_BY: "Usual driver",
    Field.DRIVER: "Driver", Field.VEHICLE: "Vehicle", Field.PLATE: "Plate", Field.CAPACITY_KG: "Capacity, kg",
    Field.CAPACITY_M3: "Capacity, m³", Field.CAPACITY_PIECES: "Capacity, pcs", Field.SHIFT: "Shift",
    Field.SHIFT_START: "Shift from", Field.SHIFT_END: "Shift to", Field.BREAK_MINUTES: "Break, min",
    Field.BREAK_WINDOW: "Break window", Field.BREAK_START: "Break from", Field.BREAK_END: "Break to",
    Field.START_PLACE: "Start", Field.END_PLACE: "End", Field.COST_HOUR: "Per hour", Field.COST_KM: "Per km",
    Field.COST_FIXED: "Fixed", Field.MAX_STOPS: "Max. stops", Field.WEEKDAYS: "Weekdays",
    Field.MAX_DRIVE: "Max. driving, h", Field.MAX_KM: "Max. km", Field.OVERTIME: "Overtime, min",
    Field.OVERTIME_COST: "Overtime, per hour", Field.TOURS: "Tours", Field.RELOAD: "Loading, min",
    Field.HOME_ZONES: "Home zones", Field.NO_ZONES: "Zones not to enter",
}  # fmt: skip
