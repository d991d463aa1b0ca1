"""The papers as values: figures that add up, flags, codes, what is loaded when, why an order is not planned."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dispatch_console.domain import insertion
from dispatch_console.domain.day import Day, DayState, open_day
from dispatch_console.domain.fleet import ShiftId
from dispatch_console.domain.orders import Address, Item, OrderId, OrderKind, Priority, StopId, Window
from dispatch_console.domain.places import Place
from dispatch_console.domain.plan import Plan, Route
from dispatch_console.domain.sizes import Money, Size
from dispatch_console.manifests import codes, figures, flags, lines, sketch
from dispatch_console.manifests.day_summary import DaySummary, day_summary
from dispatch_console.manifests.driver_sheet import DriverSheet, ReloadLine, driver_sheet
from dispatch_console.manifests.figures import Load
from dispatch_console.manifests.labels import labels
from dispatch_console.manifests.letters import LETTERS, letter
from dispatch_console.manifests.lines import Imprint
from dispatch_console.manifests.loading_list import TourLoading, loading_list
from tests import factories
from tests.unit import manifests_day as days

FIRST = Imprint(1, days.PRINTED, "S. Halloran")


@pytest.fixture(scope="module")
def day() -> Day:
    return days.rich_day()


@pytest.fixture(scope="module")
def sheet(day: Day) -> DriverSheet:
    return driver_sheet(day, days.K, FIRST)


@pytest.fixture(scope="module")
def loading(day: Day) -> TourLoading:
    (only,) = loading_list(day, days.K, FIRST).tours
    return only


def summary(day: Day) -> DaySummary:
    return day_summary(day, FIRST, lambda stop: insertion.reasons(stop, day.plan, day.basis))


# -- figures -----------------------------------------------------------------------------------------------


def test_lines_are_rounded_once_and_totals_are_their_sums() -> None:
    assert figures.rounded(Size(48_040, 336, 6)) == Load(6, 480, 34)
    assert figures.rounded(Size(48_050, 334, 6)) == Load(6, 481, 33)
    three = [figures.rounded(Size(40, 4, 1))] * 3
    assert figures.total(three) == Load(3, 0, 0)  # 120 g in truth, but three lines of 0.0 add up to 0.0


def test_figures_as_printed() -> None:
    assert figures.kg(12400) == "1,240.0"
    assert figures.m3(985) == "9.85"
    assert figures.amount(Money(6490, "GBP")) == "£64.90"
    assert figures.amount(Money(-106490, "CHF")) == "−CHF 1,064.90"
    assert figures.amounts(()) == "–"
    assert figures.cash([Money(5, "EUR"), Money(7, "CHF"), Money(6, "EUR"), Money(0, "USD")]) == (
        Money(7, "CHF"),
        Money(11, "EUR"),
    )
    assert figures.goods(Load(1, 24, 0)).striptags() == "1 piece · 2.4 kg"
    assert figures.goods(Load(0, 24, 0)).striptags() == "2.4 kg"
    assert figures.goods(Load()) == "size not given"


def test_a_css_string_cannot_be_left() -> None:
    text = figures.css_string('a"b\\c</style>\nü😀')
    assert figures.css_string("a · b") == '"a \\0000b7  b"'  # the first blank behind an escape belongs to it
    assert text == '"a\\000022b\\00005cc\\00003c\\00002fstyle\\00003e\\00000a\\0000fc\\01f600"'


def test_route_letters_leave_out_what_is_misread_and_never_repeat() -> None:
    made = [letter(slot) for slot in range(1, 500)]
    assert made[:3] == ["A", "C", "D"]
    assert made[18:21] == ["Y", "AA", "AC"]
    assert len(set(made)) == len(made)
    assert not set("IOQSZBG") & set("".join(made))
    assert set(LETTERS) == set("".join(made))
    with pytest.raises(ValueError, match="count from 1"):
        letter(0)


# -- codes -------------------------------------------------------------------------------------------------


def test_codes_are_a_letter_and_an_even_number_of_digits() -> None:
    made = {
        codes.sheet(ShiftId(4721), 1): "S00472101",
        codes.loading(ShiftId(4721), 12): "L00472112",
        codes.order(OrderId(42)): "D00000042",
        codes.piece(OrderId(70841313), 2): "P7084131302",
        codes.sheet(ShiftId(4721), 100): "S000047210100",
        codes.piece(OrderId(7), 120): "P00000000070120",
        codes.order(OrderId(123456789)): "D000123456789",
    }
    for text, expected in made.items():
        assert text == expected
        assert text[1:].isdigit()
        assert len(text[1:]) % 2 == 0


def test_code_128_has_whole_modules_and_quiet_zones() -> None:
    drawn = codes.code128("S00472101", 0.33, 9)
    # start, letter, switch to pairs, four pairs, check sum of 11 modules each and a stop of 13, 10 left and right
    modules = 8 * 11 + 13 + 20
    assert f'viewBox="0 0 {modules} 1"' in drawn
    assert f'width="{modules * 0.33:.2f}mm"' in drawn


def test_a_qr_code_is_made_once() -> None:
    assert codes.qr("D00000042") is codes.qr("D00000042")
    assert 'viewBox="0 0 29 29"' in codes.qr("D00000042")


# -- flags -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("skill", "kind"),
    [
        *[
            (word, "cold")
            for word in ("cold", "Kühlung", "TIEFKÜHL", "chilled", "froid", "refrigerado", "koelkast")
        ],
        *[(word, "two") for word in ("two-man", "2-Mann", "2 personnes", "zwei Personen", "2 men", "dos hombres")],
        *[(word, "age") for word in ("age-check", "Alter 18", "18+", "ID check", "âge", "edad")],
        *[(word, "adr") for word in ("ADR", "Gefahrgut", "hazmat", "dangerous goods")],
        *[(word, "other") for word in ("tail-lift", "Hebebühne", "garage", "package", "alternative", "school")],
    ],
)
def test_skills_in_the_words_of_customers(skill: str, kind: str) -> None:
    assert flags.kind_of(skill) == kind


def flag_texts(sheet: DriverSheet, number: int) -> list[str]:
    return [flag.text for flag in sheet.lines[number - 1].flags]


def test_flags_of_the_stops(sheet: DriverSheet) -> None:
    assert flag_texts(sheet, 1) == []
    assert flag_texts(sheet, 4) == ["COLD 2–8 °C"]
    assert flag_texts(sheet, 6) == ["ID 18+", "FRAGILE"]
    assert flag_texts(sheet, 7) == ["COLLECT"]
    assert flag_texts(sheet, 9) == ["PRIORITY", "ATTEMPT 2"]
    assert flag_texts(sheet, 10) == ["TWO PEOPLE", "HEAVY"]
    assert flag_texts(sheet, 14) == ["ADR"]
    assert flag_texts(sheet, 16) == ["15 MIN SPARE"]
    assert flag_texts(sheet, 17) == ["5 MIN LATE"]
    assert flag_texts(sheet, 18) == ["HEAVY"]
    inverse = {flag.text for line in sheet.lines for flag in line.flags if flag.inverse}
    assert inverse == {"COLLECT", "5 MIN LATE"}


def test_spare_time_counts_in_the_window_in_which_service_begins(day: Day, sheet: DriverSheet) -> None:
    visit = day.schedules[days.K].visits[2]  # stop 3, 08:55, windows 08:00–09:30 or 13:00–14:30
    assert flags.spare_s(day.stops[visit.stop], visit) == 35 * 60


@pytest.mark.parametrize(("seconds", "text"), [(0, "15"), (1, "14"), (59, "14"), (15 * 60 - 1, "0"), (-1, "15")])
def test_never_more_spare_time_is_promised_than_there_is(
    day: Day, sheet: DriverSheet, seconds: int, text: str
) -> None:
    # Stop 16 is printed with 15 MIN SPARE: whoever comes a second later has 14 full minutes left.
    number = next(i for i, line in enumerate(sheet.lines) if line.number == "16")
    visit = day.schedules[days.K].visits[number]
    later = visit._replace(begin=visit.begin + seconds)
    (flag,) = [flag for flag in flags.of_visit(day.stops[visit.stop], later) if flag.kind == "spare"]
    assert flag.text == f"{text} MIN SPARE"


def test_the_adr_line_names_the_goods_and_their_weight(sheet: DriverSheet) -> None:
    (line,) = sheet.lines[13].adr
    assert line.replace("\N{NO-BREAK SPACE}", " ") == "UN 1263, PAINT, 3, II, (D/E) · 4 packages · 36.0 kg"
    assert sheet.lines[13].goods == ""  # not said twice


def test_adr_goods_without_a_un_number_ask_for_it() -> None:
    order = replace(days.rich_orders()[0], skills=("ADR",))
    day = days.rich_day()
    changed = open_day(
        day.depot, day.date, [order], day.shifts.values(), day.travel, Plan({days.K: Route(days.K, (StopId(1),))})
    )
    (line,) = driver_sheet(changed, days.K, FIRST).lines
    assert "see the transport document" in line.adr[0]


# -- driver sheet --------------------------------------------------------------------------------------------


def test_the_sheet_adds_up(sheet: DriverSheet) -> None:
    assert (sheet.start, sheet.back, sheet.km10) == ("08:00", "14:45", 714)  # 19 legs of 3,760 m
    assert sheet.deliver == figures.total(line.deliver for line in sheet.lines)
    assert sheet.deliver.pieces == 57
    assert sheet.collect == Load(4, 380, 27)
    assert sheet.cod == (Money(21440, "GBP"),)  # 64.90 + 149.50
    assert (sheet.deliveries, len(sheet.collections), sheet.cod_stops) == (17, 1, 2)


def test_times_numbers_and_windows(sheet: DriverSheet) -> None:
    assert [line.number for line in sheet.lines] == [str(i) for i in range(1, 19)]
    assert [sheet.lines[i].eta for i in (0, 9, 10, 16, 17)] == ["08:15", "11:15", "12:05", "14:05", "14:25"]
    assert sheet.lines[2].windows == ("08:00–09:30", "13:00–14:30")
    assert sheet.lines[1].windows == ()


def test_the_break_stands_where_it_falls(sheet: DriverSheet) -> None:
    (pause,) = sheet.breaks
    assert (pause.before, pause.minutes, pause.begin, pause.end) == (10, 30, "11:20", "11:50")
    assert sheet.between(10) == (pause,)
    assert sheet.between(9) == ()


def test_what_to_look_out_for(sheet: DriverSheet) -> None:
    assert sheet.look_out == (
        "17 late", "16 little time", "4 cold", "6 ID check", "10 two people", "14 ADR", "COD 2, 12",
    )  # fmt: skip
    assert sheet.second_man == ("10",)


def test_open_windows_are_said_in_words(day: Day) -> None:
    assert lines.window_text(Window(0, 9 * 3600), day) == "until 09:00"
    assert lines.window_text(Window(15 * 3600, 24 * 3600), day) == "from 15:00"
    assert lines.window_text(Window(8 * 3600, 10 * 3600), day) == "08:00–10:00"


def test_phones_are_grouped_for_dialling() -> None:
    assert lines.phone_text("+441632960100", "GB") == "01632 960100"
    assert lines.phone_text("+4233735562", "GB") == "+423 373 55 62"
    assert lines.phone_text("ask for Heidi", "GB") == "ask for Heidi"
    assert lines.phone_text("+00 555 0101", "") == "+00 555 0101"


def test_long_names_are_set_smaller_and_whole(sheet: DriverSheet) -> None:
    line = sheet.lines[7]
    assert line.is_long
    assert (line.name, line.street) == (days.LONG_NAME, days.LONG_STREET)
    assert not sheet.lines[0].is_long


def test_an_order_without_an_address_is_found_by_its_place() -> None:
    order = factories.order(1, address=Address())
    assert lines.street_of(order) == "50.10000, 10.00000 (no address)"
    assert lines.street_of(replace(order, place=None)) == "no address given"
    assert lines.name_of(replace(order, company="Quill Ltd")) == "Quill Ltd · Customer 1"
    abroad = factories.order(1, address=Address("Ring", "1", "1010", "Wien", "AT"))
    assert lines.town_of(abroad, factories.DEPOT) == "1010 Wien, AT"


def test_a_draft_has_no_version_and_no_code() -> None:
    made = driver_sheet(days.rich_day(DayState.DRAFT), days.K, Imprint(None, days.PRINTED))
    assert made.head.imprint.is_draft
    assert made.head.code == ""
    assert made.head.printed == "23 Nov 2026 06:52"


def test_two_orders_at_one_stop_are_one_line() -> None:
    one = factories.order(1, cod=Money(100, "CHF"), notes="Ring.", phone="+4233735562")
    two = replace(factories.order(2), stop=StopId(1), place=one.place, cod=Money(250, "EUR"), notes="Ring.")
    plan = Plan({ShiftId(1): Route(ShiftId(1), (StopId(1),))})
    day = open_day(factories.DEPOT, factories.DAY, [one, two], [factories.shift(1)], factories.line_matrix(), plan)
    (line,) = driver_sheet(day, ShiftId(1), FIRST).lines
    assert line.goods == "orders A1, A2"
    assert line.note == "Ring."
    assert line.cod == (Money(100, "CHF"), Money(250, "EUR"))
    assert line.deliver == Load(2, 200, 20)


# -- sketch --------------------------------------------------------------------------------------------------


def test_the_sketch_keeps_every_number_readable(sheet: DriverSheet) -> None:
    drawn = sheet.map
    assert drawn is not None
    assert [dot.number for dot in drawn.dots] == [line.number for line in sheet.lines]
    assert [dot.number for dot in drawn.dots if dot.square] == ["7"]
    for i, a in enumerate(drawn.dots):
        assert drawn.radius <= a.x <= sketch.WIDTH - drawn.radius
        assert drawn.radius <= a.y <= sketch.HEIGHT - drawn.radius
        for b in drawn.dots[i + 1 :]:
            assert (a.x - b.x) ** 2 + (a.y - b.y) ** 2 >= (2 * drawn.radius) ** 2
    assert [end.text for end in drawn.ends] == ["DEPOT"]
    assert len(drawn.line) == len(drawn.dots) + 2


@pytest.mark.parametrize("stops", [1, 2, 40, 80])
def test_dots_do_not_cover_each_other_however_many(stops: int) -> None:
    day = days.big_day(1, stops)
    drawn = driver_sheet(day, ShiftId(1), FIRST).map
    assert drawn is not None
    points = [(dot.x, dot.y) for dot in drawn.dots]
    nearest = min(
        ((ax - bx) ** 2 + (ay - by) ** 2 for i, (ax, ay) in enumerate(points) for bx, by in points[i + 1 :]),
        default=1e9,
    )
    assert nearest**0.5 >= 1.8 * drawn.radius


def test_a_route_without_places_has_no_sketch() -> None:
    order = factories.order(1, place=None)
    plan = Plan({ShiftId(1): Route(ShiftId(1), (StopId(1),))})
    day = open_day(factories.DEPOT, factories.DAY, [order], [factories.shift(1)], factories.line_matrix(), plan)
    assert driver_sheet(day, ShiftId(1), FIRST).map is None


# -- loading list --------------------------------------------------------------------------------------------


def test_the_last_stop_is_loaded_first_and_running_sums_end_in_the_total(loading: TourLoading) -> None:
    assert [entry.line.number for entry in loading.loads] == [str(i) for i in range(18, 0, -1) if i != 7]
    running = Load()
    for entry in loading.loads:
        running = running.plus(entry.line.deliver)
        assert entry.running == running
    assert running == loading.deliver
    assert [entry.line.number for entry in loading.collections] == ["7"]
    assert (loading.doors_open, loading.leave) == ("07:15", "08:00")
    assert (loading.cold, loading.adr) == (("4",), ("14",))


def test_more_than_twelve_pieces_are_counted_not_ticked(loading: TourLoading) -> None:
    entry = loading.loads[0]
    assert entry.boxes == 8
    many = replace(entry.line, deliver=Load(13, 1, 1))
    assert entry._replace(line=many).boxes == 0
    assert entry._replace(line=replace(many, deliver=Load(12, 1, 1))).boxes == 12
    assert entry._replace(line=replace(many, deliver=Load())).boxes == 1  # no count given


def test_the_heaviest_point_may_be_on_the_way() -> None:
    orders = [
        factories.order(1),
        factories.order(2, kind=OrderKind.COLLECTION, size=Size(95_000, 100, 1)),
        factories.order(3),
    ]
    plan = Plan({ShiftId(1): Route(ShiftId(1), (StopId(1), StopId(2), StopId(3)))})
    day = open_day(factories.DEPOT, factories.DAY, orders, [factories.shift(1)], factories.line_matrix(), plan)
    (made,) = loading_list(day, ShiftId(1), FIRST).tours
    # 20 kg at the start, 10 after stop 1, 105 after stop 2, 95 after stop 3; the van carries 100
    assert made.heaviest == (1050, "2")
    assert made.over_kg10 == 50


def test_shelves_put_special_goods_where_they_belong(loading: TourLoading) -> None:
    shelf = {entry.line.number: entry.shelf for entry in (*loading.loads, *loading.collections)}
    assert (shelf["14"], shelf["4"], shelf["10"], shelf["18"], shelf["7"]) == (
        "CAGE", "COOL", "FLOOR", "FLOOR", "REAR",
    )  # fmt: skip
    depth = [int(entry.shelf[1]) for entry in loading.loads if entry.shelf[0] in "LR" and entry.shelf[1].isdigit()]
    assert depth == sorted(depth)  # what is loaded first lies deepest
    assert depth[0] == 1
    assert depth[-1] == 4


def test_a_small_vehicle_has_no_shelves() -> None:
    day = factories.small_day()  # vans of 1,000 l
    made = loading_list(day, ShiftId(1), FIRST)
    assert not made.sections
    assert {entry.shelf for entry in made.tours[0].loads} == {""}


def test_each_tour_is_loaded_by_itself() -> None:
    day = factories.tours_day()  # see there: 30 kg a tour, reload 09:15–09:35 before stop 4
    first, second = loading_list(day, ShiftId(1), FIRST).tours
    assert [entry.line.number for entry in first.loads] == ["3", "2", "1"]
    assert (first.doors_open, first.leave, first.span, first.deliver.kg10) == ("07:15", "08:00", "stops 1–3", 300)
    assert [entry.line.number for entry in second.loads] == ["5", "4"]
    assert (second.doors_open, second.leave, second.span, second.deliver.kg10) == (
        "09:15",
        "09:35",
        "stops 4–5",
        200,
    )
    assert (second.heaviest, second.over_kg10) == ((200, ""), 0)
    made = driver_sheet(day, ShiftId(1), FIRST)
    assert (made.first.kg10, made.deliver.kg10, made.tours) == (300, 500, 2)
    (reload,) = made.between(3)
    assert isinstance(reload, ReloadLine)
    assert (reload.begin, reload.end, reload.stops, reload.deliver.pieces) == ("09:15", "09:35", "stops 4–5", 2)
    assert made.map is not None
    assert made.map.line[0] == made.map.line[4], "through the depot"
    found = labels(day, ShiftId(1))
    assert [(label.stop, label.flags[0].text) for label in found[2:4]] == [("1", "TOUR 1"), ("5", "TOUR 2")]
    row = summary(day).routes[0]
    assert (row.tours, summary(day).tours) == (2, 3)


def test_goods_of_an_earlier_tour_are_loaded_again() -> None:
    orders = [factories.order(1), *(factories.order(k, size=Size(20_000, 1, 1)) for k in (2, 3))]
    orders[2] = replace(orders[2], pickup=StopId(1))
    day = factories.tours_day()
    plan = Plan({ShiftId(1): Route(ShiftId(1), (StopId(1), StopId(2), StopId(3)))})
    day = open_day(factories.DEPOT, factories.DAY, orders, [day.shifts[ShiftId(1)]], factories.line_matrix(), plan)
    # 20 kg for stop 3 come on board at stop 1: with them stop 2 does not fit, and in the depot they leave the van
    tours = loading_list(day, ShiftId(1), FIRST).tours
    assert [[entry.line.number for entry in tour.loads] for tour in tours] == [["1"], ["3", "2"]]


def test_goods_that_come_on_board_at_a_customer_are_told_at_both_stops() -> None:
    orders = [factories.order(k) for k in (1, 2, 3)]
    orders[0] = replace(orders[0], notes="ring twice")
    orders[2] = replace(orders[2], pickup=StopId(1))
    plan = Plan({ShiftId(1): Route(ShiftId(1), (StopId(1), StopId(2), StopId(3)))})
    day = open_day(factories.DEPOT, factories.DAY, orders, [factories.shift(1)], factories.line_matrix(), plan)
    made = driver_sheet(day, ShiftId(1), FIRST)
    said = ["ring twice · Take on board 1 piece for stop 3, Customer 3", "", "On board from stop 1"]
    assert [line.note for line in made.lines] == said
    (tour,) = loading_list(day, ShiftId(1), FIRST).tours
    assert [entry.line.number for entry in tour.loads] == ["2", "1"]


# -- day summary ---------------------------------------------------------------------------------------------


def test_the_summary_adds_up_over_routes_and_orders(day: Day) -> None:
    made = summary(day)
    (row,) = made.routes
    assert (row.letter, row.stops, row.orders, row.load.pieces) == ("K", 18, 18, 61)  # 57 out and 4 collected
    assert row.risks == ("16", "17")
    assert row.late == 1
    assert (made.load, made.km10, made.cod) == (row.load, row.km10, row.cod)
    assert made.orders + len(made.open_orders) == len(day.orders)
    assert made.open_load == figures.total(order.load for order in made.open_orders)
    assert made.all_cod == (Money(21440 + 3500, "GBP"),)
    assert made.currency == "£"


def test_every_order_not_planned_says_why_and_what_next(day: Day) -> None:
    said = {order.reference: (order.why, order.next) for order in summary(day).open_orders}
    assert said == {
        "70841231": ("No place on the map: “Shed behind the pier”.", "Set the pin"),
        "70841232": ("Needs 990.0 kg; most room left is Van 21 with 685 kg.", "Tomorrow first"),
        "70841233": ("Window 07:00–07:30; earliest arrival 08:15.", "Phone for a new time"),
        "70841234": ("Needs crane; no driver at work has it.", "Tomorrow, or change drivers"),
    }


def test_an_order_that_would_fit_names_the_route() -> None:
    day = factories.small_day()  # stop 6 fits with both drivers
    (order,) = summary(day).open_orders
    assert order.why == "Would fit into route A, Ada Quill."
    assert order.next == "Put it on route A"


def test_different_reasons_are_counted() -> None:
    day = factories.small_day()
    late = {ShiftId(1): factories.shift(1, end=9 * 3600), ShiftId(2): factories.shift(2, absent=True)}
    ends_soon = replace(day, shifts={**late, ShiftId(3): factories.shift(3, max_stops=0)}).rescheduled(late)
    (order,) = summary(replace(ends_soon, schedules=ends_soon.rescheduled([ShiftId(3)]).schedules)).open_orders
    assert order.why in (
        "Of 2 drivers 1 would come back after his shift, 1 has all the stops they take.",
        "Of 2 drivers 1 has all the stops they take, 1 would come back after his shift.",
    )


def test_a_day_without_routes_says_so() -> None:
    day = factories.small_day()
    unplanned = open_day(day.depot, day.date, day.orders.values(), day.shifts.values(), day.travel)
    made = summary(unplanned)
    assert made.routes == ()
    assert {order.why for order in made.open_orders} == {"No route has been planned yet."}


# -- labels --------------------------------------------------------------------------------------------------


def test_one_label_for_each_piece(day: Day) -> None:
    made = labels(day, days.K)
    assert len(made) == 57 + 4
    assert len({label.code for label in made}) == len(made)
    assert [made[0].stop, made[-1].stop] == ["18", "7"]  # loading order, goods to collect last
    assert made[-1].collected
    assert [flag.text for flag in made[-1].flags] == ["COLLECTED"]
    of_stop_2 = [label for label in made if label.stop == "2"]
    assert [(label.piece, label.of, label.cod) for label in of_stop_2] == [(1, 1, True)]


def test_an_order_without_pieces_still_gets_a_label() -> None:
    order = factories.order(1, size=Size(10_000, 100, 0), items=(Item("", "chair"),), priority=Priority.CRITICAL)
    plan = Plan({ShiftId(1): Route(ShiftId(1), (StopId(1),))})
    day = open_day(factories.DEPOT, factories.DAY, [order], [factories.shift(1)], factories.line_matrix(), plan)
    (label,) = labels(day, ShiftId(1))
    assert (label.piece, label.of, label.code) == (1, 1, "P0000000101")
    assert [flag.text for flag in label.flags] == ["URGENT"]


def test_a_place_far_away_does_not_break_the_sketch() -> None:
    orders = [factories.order(1), factories.order(2, place=Place(-33.0, 151.0))]
    places = [factories.DEPOT.place, *(order.place for order in orders if order.place)]
    matrix = factories.line_matrix(3)
    matrix = type(matrix)(places, matrix.durations, matrix.distances, "far")
    plan = Plan({ShiftId(1): Route(ShiftId(1), (StopId(1), StopId(2)))})
    day = open_day(factories.DEPOT, factories.DAY, orders, [factories.shift(1)], matrix, plan)
    drawn = driver_sheet(day, ShiftId(1), FIRST).map
    assert drawn is not None
    assert drawn.bar_text.endswith(" km")
    assert drawn.bar <= 12
