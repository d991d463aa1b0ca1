"""The value the import page edits, and how it is remembered."""

# ruff: noqa: E501  (rows of files, as they come)

from __future__ import annotations

from pathlib import Path

from dispatch_console.intake.fields import Field
from dispatch_console.intake.guess import guess
from dispatch_console.intake.mapping import (
    CERTAIN,
    fields_for,
    fingerprint,
    from_json,
    likeness,
    reapply,
    sources,
    to_json,
)
from tests.unit.intake.tables import TODAY, orders_of, table_of

LIST = "Auftrag;Kunde;Straße;PLZ;Ort;Gewicht (g);Info\n1;Ute Muster;Weg 1;9490;Vaduz;500;Tor 3\n2;Max Probe;Weg 2;9490;Vaduz;700;\n"


def test_a_mapping_survives_json(tmp_path: Path) -> None:
    mapping = guess(table_of(tmp_path, LIST), TODAY, "LI").with_choices(currency="CHF")
    assert from_json(to_json(mapping)) == mapping
    for broken in (
        "",
        "{}",
        "[]",
        '{"headers": ["a"], "uses": [["nonsense", 1, ""]], "choices": {}, "target": "orders"}',
    ):
        assert from_json(broken) is None


def test_a_column_is_given_another_field(tmp_path: Path) -> None:
    table = table_of(tmp_path, LIST)
    mapping = guess(table, TODAY).with_field(6, Field.NAME)
    assert (mapping.column(Field.NAME), mapping.confidence(6)) == (6, CERTAIN)
    assert mapping.uses[1] is None  # only one column can be the name
    assert orders_of(table, mapping).orders[0].order.name == "Tor 3"
    both = mapping.with_field(1, Field.NOTES).with_field(6, Field.NOTES)
    assert both.columns(Field.NOTES) == (1, 6)
    assert mapping.with_field(6, None).uses[6] is None


def test_a_unit_is_changed(tmp_path: Path) -> None:
    table = table_of(tmp_path, LIST)
    mapping = guess(table, TODAY)
    assert orders_of(table, mapping).orders[0].order.size.grams == 500
    assert orders_of(table, mapping.with_unit(5, "kg")).orders[0].order.size.grams == 500_000


def test_fingerprints_do_not_care_for_order_case_and_blanks() -> None:
    assert fingerprint(["Straße ", "PLZ"]) == fingerprint(["plz", "STRASSE"])
    assert fingerprint(["Straße", "PLZ"]) != fingerprint(["Straße", "Ort"])


def test_a_remembered_mapping_on_a_file_with_other_columns(tmp_path: Path) -> None:
    remembered = guess(table_of(tmp_path, LIST), TODAY).with_field(6, Field.SKILLS).with_field(1, Field.COMPANY)
    changed = "Straße;Bemerkung;Auftrag;PLZ;Ort;Gewicht (g);Kunde;Name\nWeg 1;laut;1;9490;Vaduz;500;Muster AG;Ute Muster\n"
    table = table_of(tmp_path, changed, name="next.csv")
    again = reapply(remembered, guess(table, TODAY))
    assert [table.headers[i] for i in again.new] == ["Bemerkung", "Name"]
    assert again.missing == ("Info",)
    assert sources(again.mapping) == {
        "reference": "Auftrag", "name": "Name", "company": "Kunde", "street": "Straße", "postcode": "PLZ", "city": "Ort",
        "weight_kg": "Gewicht (g)", "notes": "Bemerkung",
    }  # fmt: skip
    assert likeness(remembered, table.headers) == 6 / 9


def test_two_columns_of_the_same_name_are_two_columns(tmp_path: Path) -> None:
    text = "Auftrag;Name;Straße;Ort;Name\n1;Ute Muster;Weg 1;Vaduz;Chef\n"
    mapping = guess(table_of(tmp_path, text), TODAY)
    again = reapply(mapping.with_field(4, Field.NOTES), mapping)
    assert (again.mapping.columns(Field.NOTES), again.new, again.missing) == ((4,), (), ())


def test_the_page_offers_fields_of_its_kind() -> None:
    assert Field.PLATE not in fields_for("orders")
    assert Field.POSTCODE not in fields_for("fleet")
    assert Field.SKILLS in fields_for("orders")
    assert Field.SKILLS in fields_for("fleet")


def test_doubtful_columns_have_less_confidence(tmp_path: Path) -> None:
    mapping = guess(
        table_of(tmp_path, "R-1;Weg 1;9490 Vaduz\nR-2;Gasse 2;9494 Schaan\nR-3;Platz 3;9490 Vaduz\n"), TODAY
    )
    assert mapping.has(Field.REFERENCE, Field.STREET, Field.TOWN)
    assert all(use.confidence < 80 for use in mapping.uses if use)
    sure = guess(table_of(tmp_path, LIST), TODAY)
    assert sure.confidence(0) > 80
    assert sure.confidence(3) > 90
