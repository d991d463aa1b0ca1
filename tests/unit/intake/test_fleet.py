"""Lists of drivers and vehicles."""

# ruff: noqa: E501  (rows of files, as they come)

from __future__ import annotations

from pathlib import Path

import pytest

from dispatch_console.domain.fleet import Break, Capacity, Costs, DrivingBreaks
from dispatch_console.domain.orders import Window
from dispatch_console.domain.places import Place
from dispatch_console.intake import grammar
from dispatch_console.intake.fleet import FleetResult, Limits, to_fleet
from dispatch_console.intake.guess import guess
from tests.unit.intake.tables import TODAY, table_of

GERMAN = """
Fuhrpark Stand 22.11.2026;;;;;;;;;;;;;;;
Fahrer;Fahrzeug;Kennz.;Nutzlast;Laderaum;max. Kolli;Dienst;Pause (Min.);Pausenfenster;Ausstattung;Startort;Endort;CHF/Std.;CHF/km;Grundkosten;max. Stopps
Ute Muster;Bus 01;FL 41220;0,85 t;6,2 m³;110;07:30-15:30;30;11:30-13:30;2-Mann;47.139300, 9.522800;wie Start;28,5;0,35;CHF 80.00;60
Max Probe;Bus 02;FL 41221;1150 kg;10,5;160;06:30 - 15:30 Uhr;30 min;;;Industriestrasse 100, 9494 Schaan;;26,0;0,285;80;
Eva Test;Bus 03;FL 41222;1400;14,8;220;15:00-06:30;0;;;;;26;0,28;80;60
;Bus 04;FL 41223;1400;14,8;220;07:00-15:00;0;;;;;26;0,28;80;60
Ida Beispiel;Bus 05;fl-41220;1400;14,8;220;07:00-15:00;0;;;;;26;0,28;80;60
Jan Modell;Bus 06;FL 41224;-850;14,8;220;07:00-15:00;0;;;;;26;0,28;80;60
Summe;;;4800;;;;;;;;;;;;
"""


def _read(folder: Path, text: str) -> FleetResult:
    table = table_of(folder, text)
    mapping = guess(table, TODAY)
    assert mapping.target == "fleet"
    return to_fleet(table, mapping, TODAY)


def test_drivers_vehicles_and_shifts(tmp_path: Path) -> None:
    result = _read(tmp_path, GERMAN)
    first, second = result.vehicles
    assert (first.driver, first.vehicle, first.plate) == ("Ute Muster", "Bus 01", "FL 41220")
    assert first.capacity == Capacity(850_000, 6200, 110)
    assert first.shift == Window(27000, 55800)
    assert first.pause == Break(1800, Window(41400, 48600))
    assert first.start and first.start.place == Place(47.1393, 9.5228)
    assert first.end == first.start
    assert first.costs == Costs(2850, 35, 8000)
    assert (first.skills, first.max_stops) == (("2-Mann",), 60)
    assert second.start and (second.start.text, second.start.place) == ("Industriestrasse 100, 9494 Schaan", None)
    assert second.end is None
    assert (second.capacity.grams, second.pause, second.per_km) == (
        1_150_000,
        Break(1800, Window(23400, 55800)),
        0.285,
    )


def test_bad_rows_of_a_fleet(tmp_path: Path) -> None:
    result = _read(tmp_path, GERMAN)
    assert [(error.row, str(error.problem), error.text) for error in result.rejected] == [
        (5, "bad_shift", "15:00-06:30"),
        (6, "missing_driver", ""),
        (7, "duplicate_vehicle", "fl-41220"),
        (8, "negative", "-850"),
    ]
    assert [ignored.row for ignored in result.ignored] == [1, 9]


SPANISH = """
Conductor,Furgoneta,Matrícula,Capacidad (kg),Capacidad (m3),Inicio turno,Fin turno,Descanso (min),Coste por hora (€),Coste por km (€),Paradas máx.,Días
Ana Ejemplo,Furgo 1,1234 ABC,800,6.5,8:00,16:00,30,21.50,0.31,40,lun-vie
Luis Muestra,Furgo 2,1235 ABC,1200,9,18:00,9:00,30,21.50,0.31,40,L-V
"""

FINNISH = """
Kuljettaja;Ajoneuvo;Rekisterinumero;Kantavuus (kg);Työaika;Tauko min;Lähtöpaikka;Puhelin
Päivi Malli;Auto 1;ABC-123;900;klo 7–15;30;Mallitie 3, Helsinki;040 5551234
"""


def test_fleets_of_other_lands(tmp_path: Path) -> None:
    spanish = _read(tmp_path, SPANISH)
    (ana,) = spanish.vehicles
    assert (ana.driver, ana.plate, ana.capacity) == ("Ana Ejemplo", "1234 ABC", Capacity(800_000, 6500, None))
    assert (ana.shift, ana.weekdays, ana.per_hour) == (Window(28800, 57600), frozenset(range(5)), 21.5)
    assert [(error.row, str(error.problem)) for error in spanish.rejected] == [(3, "bad_shift")]
    (paivi,) = _read(tmp_path, FINNISH).vehicles
    assert (paivi.driver, paivi.plate, paivi.shift) == ("Päivi Malli", "ABC-123", Window(25200, 54000))
    assert paivi.start and paivi.start.text == "Mallitie 3, Helsinki"


def test_a_repair_of_a_fleet(tmp_path: Path) -> None:
    table = table_of(tmp_path, GERMAN)
    mapping = guess(table, TODAY)
    result = to_fleet(table, mapping, TODAY, {(5, 6): "06:30-15:00"})
    assert [row.driver for row in result.vehicles] == ["Ute Muster", "Max Probe", "Eva Test"]


FIELDS = (
    "driver vehicle plate capacity_kg capacity_m3 capacity_pieces shift_start shift_end break_minutes break_window skills "
    "start_location end_location cost_per_hour cost_per_km fixed_cost max_stops"
).split()

#: How eight languages name these columns, some of them in two ways.
HEADERS = [
    "Chauffeur|Véhicule|Immatriculation|Charge utile (kg)|Volume utile (m3)|Nb colis max|Début de service|Fin de service|Pause (min)|Créneau de pause|Compétences|Lieu de départ|Lieu d'arrivée|Coût horaire (€)|Coût par km (€)|Coût fixe (€)|Arrêts max",
    "Conducteur|Camion|Plaque|PTAC utile kg|m3 utiles|Colis max|Prise de poste|Fin de poste|Durée pause|Plage de pause|Équipement|Départ|Arrivée|€/h|€/km|Forfait jour|Nb max d'arrêts",
    "Autista|Veicolo|Targa|Portata (kg)|Volume (m³)|Colli max|Inizio turno|Fine turno|Pausa (min)|Fascia pausa|Dotazioni|Partenza|Arrivo|Costo orario|Costo al km|Costo fisso|Fermate max",
    "Conducente|Furgone|Targa|Capacità kg|Capacità m3|Capacità colli|Dalle|Alle|Durata pausa (min)|Finestra pausa|Requisiti|Luogo di partenza|Luogo di arrivo|€/ora|€/km|Fisso €|N. max fermate",
    "Conductor|Vehículo|Matrícula|Capacidad (kg)|Capacidad (m3)|Capacidad bultos|Inicio turno|Fin turno|Descanso (min)|Ventana descanso|Habilidades|Lugar de salida|Lugar de llegada|Coste por hora|Coste por km|Coste fijo|Máx. paradas",
    "Chauffeur|Voertuig|Kenteken|Laadvermogen (kg)|Laadruimte (m3)|Max. colli|Dienst van|Dienst tot|Pauze (min)|Pauzevenster|Vaardigheden|Startlocatie|Eindlocatie|Kosten per uur|Kosten per km|Vaste kosten|Max. stops",
    "Motorista|Viatura|Matrícula|Carga útil (kg)|Capacidade (m3)|Máx. volumes|Início do turno|Fim do turno|Pausa (min)|Janela de pausa|Equipamento|Local de partida|Local de chegada|Custo por hora|Custo por km|Custo fixo|Máx. paragens",
    "Kuljettaja|Ajoneuvo|Rekisterinumero|Kantavuus (kg)|Tilavuus (m3)|Max kollit|Vuoro alkaa|Vuoro päättyy|Tauko (min)|Taukoikkuna|Varustus|Lähtöpaikka|Paluupaikka|Tuntihinta|Km-hinta|Kiinteä hinta|Max pysähdykset",
    "Driver Name|Van|Reg No|Max Weight (kg)|Max Volume (m3)|Max Parcels|Start Time|End Time|Break (mins)|Break Between|Skills|Start Depot|End Depot|£/hour|£/km|Day Rate|Max Drops",
    "Name|Vehicle ID|License Plate|Payload kg|Load volume m3|Max packages|Shift from|Shift to|Break duration|Break window|Capabilities|Start address|End address|Hourly cost|Km cost|Fixed costs|Stop limit",
    "Fahrername|Fahrzeugname|Amtl. Kennzeichen|Zuladung kg|Ladevolumen m³|Kapazität Kolli|Schichtbeginn|Schichtende|Pausendauer (Min)|Pause zwischen|Fähigkeiten|Startadresse|Zieladresse|Kosten/Stunde|Kosten/km|Fixkosten|Stopps max.",
    "Mitarbeiter|Wagen|KZ|Nutzlast (t)|Volumen|Stückzahl max|Dienstbeginn|Dienstende|Pause|Pausenzeit|Ausrüstung|Start|Ende|Stundensatz|Kilometersatz|Tagespauschale|max. Kunden",
]

ROWS = """
Ute Muster;Van 1;AB 1;800;6,5;110;07:30;15:30;30;11:30-13:30;lift;47.139300, 9.522800;47.139300, 9.522800;28,5;0,35;80;60
Max Probe;Van 2;AB 2;0,9 t;7;120;06:00;14:00;45;;cold, lift;Weg 1, 9494 Schaan;Weg 1, 9494 Schaan;26;0,285;55;45
Eva Test;Van 3;AB 3;1200 kg;9;160;7:00;16:00;30;12:00-14:00;;47.1,9.5;;26;0,3;55;
"""


@pytest.mark.parametrize("headers", HEADERS)
def test_columns_of_a_fleet_in_eight_languages(tmp_path: Path, headers: str) -> None:
    table = table_of(tmp_path, headers.replace("|", ";") + ROWS)
    mapping = guess(table, TODAY)
    assert mapping.target == "fleet"
    assert [use and str(use.field) for use in mapping.uses] == FIELDS
    result = to_fleet(table, mapping, TODAY)
    assert [row.driver for row in result.vehicles] == ["Ute Muster", "Max Probe", "Eva Test"]
    assert result.vehicles[1].capacity.grams == 900_000


WORKING_GERMAN = """
Fahrer;Fahrzeug;Kennzeichen;Nutzlast kg;Dienst;Pause (Min.);Max. Lenkzeit (Std.);max. km;Überstunden (Min.);Überstundensatz (€);Touren;Ladezeit (Min.);Gebiet;Sperrzonen
Ute Muster;Bus 01;FL 41220;850;07:30-15:30;EU 561/2006;9;250;30;12,50;2;20;Nord, Tal;Altstadt
Max Probe;Bus 02;FL 41221;1150;06:30-15:30;30;8:30;;;;;;;
Eva Test;Bus 03;FL 41222;1400;07:00-15:00;30;lang;250;30;12,50;2;20;;
"""
WORKING_FRENCH = """
Chauffeur;Véhicule;Immatriculation;Charge utile (kg);Début service;Fin service;Temps de conduite max (h);Km max;Heures supplémentaires (min);Tournées max;Temps de chargement (min);Secteurs;Zones interdites
Luc Modèle;Camion 1;FL 1;2800;07:00;16:00;7,5;310;45;3;15;Nord / Vallée;Centre
"""


def test_hours_and_rules_of_a_shift(tmp_path: Path) -> None:
    result = _read(tmp_path, WORKING_GERMAN)
    first, second = result.vehicles
    assert (first.pause, second.pause) == (DrivingBreaks(), Break(1800, Window(23400, 55800)))
    zones = frozenset({"Nord", "Tal"}), frozenset({"Altstadt"})
    assert first.limits == Limits(9 * 3600, 250_000, 1800, 12.5, 2, 1200, *zones)
    assert second.limits == Limits(8 * 3600 + 1800)
    assert [(error.row, str(error.problem), error.text) for error in result.rejected] == [
        (4, "not_a_number", "lang")
    ]
    (luc,) = _read(tmp_path, WORKING_FRENCH).vehicles
    zones = frozenset({"Nord", "Vallée"}), frozenset({"Centre"})
    assert luc.limits == Limits(27_000, 310_000, 2700, None, 3, 900, *zones)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("max_drive_hours", "max_drive"), ("Tiempo máximo de conducción (h)", "max_drive"), ("Ajoaika max", "max_drive"),
        ("max_km", "max_km"), ("Maximale afstand (km)", "max_km"), ("Distância máxima", "max_km"),
        ("overtime_minutes", "overtime"), ("Overuren", "overtime"), ("Straordinario (min)", "overtime"),
        ("overtime_cost_per_hour", "overtime_cost"), ("Overtime rate (€)", "overtime_cost"), ("Giri max", "tours"),
        ("reload_minutes", "reload"), ("Lastausaika min", "reload"), ("home_zones", "home_zones"), ("Alueet", "home_zones"),
        ("forbidden_zones", "no_zones"), ("Zonas prohibidas", "no_zones"),
    ],
)  # fmt: skip
def test_headers_of_hours_and_rules(header: str, field: str) -> None:
    fields = grammar.read(header, fleet=True).fields
    assert fields == {field: 98}
