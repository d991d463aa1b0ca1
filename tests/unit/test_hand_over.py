"""The hand-over sheet as a value and as HTML: what changes over, who keeps what, sums of its lines."""

from __future__ import annotations

import html
import re

from dispatch_console.domain.orders import StopId
from dispatch_console.manifests.day_summary import day_summary
from dispatch_console.manifests.driver_sheet import driver_sheet
from dispatch_console.manifests.hand_over import Handing, hand_over
from dispatch_console.manifests.lines import Imprint
from dispatch_console.manifests.loading_list import Heaviest, loading_list
from dispatch_console.manifests.meeting_sketch import meeting_sketch
from dispatch_console.services import manifests
from dispatch_console.services.manifests import Edition, Kind
from dispatch_console.services.wizards import meeting
from tests.unit.hand_over_day import SPARE, handed_over
from tests.unit.manifests_day import PRINTED, K, rich_day, toured_day

RUN = Edition(PRINTED, "S. Halloran", {K: 2, SPARE: 1})


def sheet(done: int = 12, copy: int = 1):
    day = handed_over(done)
    (meets,) = meeting.of_day(day)
    return hand_over(day, Handing(meets.giver, meets.taker, meets.stop), copy, Imprint(1, PRINTED, "S. Halloran"))


def test_the_meeting_is_found_in_the_plan() -> None:
    (meets,) = meeting.of_day(handed_over())
    assert (meets.giver, meets.taker, len(meets.stops), meets.carried) == (K, SPARE, 6, True)
    # Pieces of stops 13 … 18: 3 + 4 + 1 + 7 + 1 + 8 = 24
    assert meets.pieces == 24
    assert meeting.of_day(rich_day()) == []


def test_stops_keep_the_numbers_of_their_parcels_and_sums_are_those_of_the_lines() -> None:
    made = sheet()
    assert sorted(int(line.number) for line in made.lines) == [13, 14, 15, 16, 17, 18]
    assert made.total.pieces == sum(line.load.pieces for line in made.lines) == 24
    # 12.7 + 36.0 + 4.2 + 52.5 + 2.9 + 86.0 = 194.3 kg
    assert made.total.kg10 == sum(line.load.kg10 for line in made.lines) == 1943


def test_who_gives_who_takes_where_and_when() -> None:
    made = sheet()
    assert made.head.letter == manifests.route_letter(handed_over(), K)
    assert made.head.code == "T00472101"
    assert made.meet.startswith("Meet 12:50 · ")
    assert made.reported == "Reported 12:32: Van 21 cannot drive, goods can be reached. Tow truck 12:15."
    assert made.gives.title == f"GIVES · route {made.head.letter}, Van 21"
    assert made.gives.lines[1:] == (
        "QQ21 VAN · 12 stops done",
        "Waits with the van.",
        "Keeps: £214.40 COD taken, sheet version 1.",  # 64.90 at stop 2 and 149.50 at stop 12
    )
    # Reload: 120 s + 24 × 24 s = 696 s, 12 min. Nothing else is in Van 30.
    assert made.takes.lines[1:3] == (
        "QQ20 VSB · leaves 12:35, there 12:50",
        "Takes 194.3 kg of 1,050 kg room. Reload 12 min.",
    )
    assert "24 pieces, leaving now" in made.sentence
    assert any(note.label == "stays" and "stop 7" in note.text for note in made.notes)


def test_both_copies_say_the_same_but_for_who_holds_them() -> None:
    one, two = (sheet(copy=n) for n in (1, 2))
    assert (one.holder, two.holder) == ("Ilse Marchmont-Boyd (gives)", "Hollis Marchbank (takes)")
    assert (one.lines, one.notes, one.meet, one.sentence) == (two.lines, two.notes, two.meet, two.sentence)


def test_many_pieces_are_counted_in_place_of_ticked() -> None:
    made = sheet(done=2)
    assert [line.boxes for line in made.lines if line.load.pieces <= 12] == [
        max(1, line.load.pieces) for line in made.lines if line.load.pieces <= 12
    ]


def test_the_page_says_it_and_hostile_words_stay_words() -> None:
    day = handed_over()
    one, two = manifests.build(day, Kind.HAND_OVER, [K, SPARE], RUN)
    assert one.name == "K Ilse Marchmont-Boyd hand-over to Hollis Marchbank copy 1 2026-11-23"
    body = one.html[one.html.index("<body>") :]
    said = " ".join(html.unescape(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", body, flags=re.DOTALL)).split())
    for wanted in ("Copy 1: Ilse Marchmont-Boyd (gives)", "VERSION 1", "T00472101", "GIVEN", "TAKEN", "24 194.3"):
        assert wanted in said, wanted
    assert "<script>alert" not in one.html
    assert '"Copy 2"' in two.html
    assert "Tick GIVEN and TAKEN" in one.html


def test_what_changes_over_is_neither_loaded_in_the_depot_nor_labelled_again() -> None:
    day = handed_over()
    run = Edition(PRINTED, "S. Halloran", {SPARE: 1})
    (loading,) = manifests.build(day, Kind.LOADING_LIST, [SPARE], run)
    assert "Ruth Vantongeren 14" not in loading.html
    assert "Total, 0 stops" in loading.html
    (labels,) = manifests.build(day, Kind.LABELS, [SPARE], run)
    assert "Meet Ilse" not in labels.html


def test_only_meetings_of_drivers_that_are_chosen_are_printed() -> None:
    day = handed_over()
    assert manifests.build(day, Kind.HAND_OVER, [K], RUN) == []
    assert manifests.build(rich_day(), Kind.HAND_OVER, [K], RUN) == []


def test_the_takers_sheet_prints_a_meeting_as_one_and_leaves_its_goods_out_at_the_start() -> None:
    day = handed_over()
    made = driver_sheet(day, SPARE, Imprint(1, PRINTED), with_map=False)
    meets, *stops = made.lines
    assert (meets.meeting, meets.name) == ("take over", "Meet Ilse Marchmont-Boyd")
    assert meets.note.startswith("Take over: 13 ")
    assert (meets.load.pieces, meets.load.kg10) == (24, 1943)
    assert all(line.on_the_road for line in stops)
    assert (made.deliver.pieces, made.taken.pieces, made.stops, made.deliveries) == (0, 24, 6, 6)
    run = Edition(PRINTED, "S. Halloran", {SPARE: 1})
    (page,) = manifests.build(day, Kind.DRIVER_SHEET, [SPARE], run)
    assert "take over 24 pieces" in " ".join(re.sub(r"<[^>]+>", "", page.html).split())
    codes = re.findall(r'class="qr">(<svg)?', page.html)
    assert codes == ["", *["<svg"] * 6]
    (loading,) = loading_list(day, SPARE, Imprint(1, PRINTED)).tours
    # Nothing at the start; the 194.3 kg come on board at the first stop.
    assert (loading.deliver.pieces, loading.heaviest) == (0, Heaviest(1943, "1"))


def test_a_sheet_without_meetings_knows_of_none() -> None:
    made = driver_sheet(rich_day(), K, Imprint(1, PRINTED), with_map=False)
    assert made.stops == len(made.lines)
    assert {line.meeting for line in made.lines} == {""}
    assert made.taken.pieces == 0


def test_the_summary_counts_goods_that_changed_vans_once_and_meetings_not_at_all() -> None:
    before, after = (day_summary(day, Imprint(1, PRINTED), lambda stop: ()) for day in (rich_day(), handed_over()))
    assert (after.stops, after.orders, after.load) == (before.stops, before.orders, before.load)


def test_a_van_that_loads_before_the_meeting_comes_from_the_depot() -> None:
    day = toured_day()  # tour 2 begins with stop 12
    for stop, whence in ((12, "from depot"), (13, "from stop 12")):
        drawn = meeting_sketch(day, SPARE, K, StopId(stop))
        assert drawn is not None
        assert [way.text for way in drawn.ways] == [f"Ilse, {whence}, 3.8 km"]
