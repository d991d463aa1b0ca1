"""Units as cells and headers write them, folded, with what one of them is in the base unit."""

from __future__ import annotations


def _table(*entries: tuple[str, float]) -> dict[str, float]:
    return {word: factor for names, factor in entries for word in names.split()}


#: Grams.
GRAMS = _table(
    (
        "kg kgs kilo kilos kilogramm kilogramme kilogrammes kilogram kilograms kilogramos kilogrammi kilogramas",
        1000,
    ),
    ("chilo chili chilogrammi quilo quilos quilogramas kilogrammaa kiloa kgm kilograma", 1000),
    ("g gr grs grm gram grams gramm grammes gramme gramos grammi gramas grammaa grammen grammo grama", 1),
    ("t to ton tons tonne tonnes tonnen toneladas tonelada tonnellate tonnellata tonnia tonni tne tn", 1_000_000),
    ("lb lbs pound pounds lbm", 453.59237),
    ("oz ounce ounces", 28.349523),
    ("mg", 0.001),
)

#: Cubic decimetres.
LITRES = _table(
    (
        "m3 cbm kbm kubikmeter m^3 metrocubo metricubi metroscubicos metrocubico kuutiometria kuutio mc mtc mq3",
        1000,
    ),
    ("l lt ltr ltrs liter litre litres liters litro litros litri litraa litran dm3 cdm", 1),
    ("cm3 ccm cc ml", 0.001),
    ("dl", 0.1),
    ("cl", 0.01),
    ("ft3 cuft cf cbft", 28.316847),
)

#: Thousandths of a piece: a piece that is not whole must be seen.
PIECES = _table(
    ("st stk stck stuck pcs pc pce piece pieces ea each x pz pza pzas pezzi piezas pecas unidades uds un", 1000),
    ("kolli colli collo colis kollia kpl kappaletta paket pakete paquet paquets paquete paquetes parcel", 1000),
    ("parcels package packages pkg pkgs pakket pakketten pacco pacchi paketti pakettia bultos bulto volumes", 1000),
    ("volume vol stuks doos dozen box boxes ctn ctns carton cartons karton kartons pal pallet pallets", 1000),
    ("palette paletten palettes palet palets paletes pallettia lava lavaa rll rolle rollen items item", 1000),
)

#: Seconds.
SECONDS = _table(
    ("s sec secs sek sekunde sekunden second seconds seconde secondes seconden segundo segundos", 1),
    ('secondo secondi sekuntia sekunti seg sg "', 1),
    ("m min mins minute minuten minutes minuut minuto minutos minuti minuuttia minuutti mn mns mi '", 60),
    ("h std stunde stunden hour hours hr hrs heure heures hora horas ora ore uur uren tunti tuntia t", 3600),
)
