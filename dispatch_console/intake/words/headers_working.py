"""Whole headers of lists of drivers and vehicles that limit a working time. Folded; a unit may follow each.

Phrases rather than words: what they are made of (zone, tour, hours) means other things in lists of orders.
"""

from __future__ import annotations

#: Field → its headers, in English, German, French, Dutch, Portuguese, Spanish, Italian, Finnish.
WORKING = {
    "max_drive": """
        max driving time; maximum driving time; max drive time; max drive; driving time; driving limit; max driving;
        driving hours; max driving hours; max drive hours; driving time limit; lenkzeit; max lenkzeit;
        maximale lenkzeit; hochstlenkzeit; lenkzeit max; max fahrzeit; fahrzeit max; maximale fahrzeit;
        temps de conduite; temps de conduite max; temps de conduite maximum; conduite max; duree de conduite max;
        rijtijd; max rijtijd; maximale rijtijd; tempo de conducao; tempo maximo de conducao; conducao max;
        tiempo de conduccion; tiempo maximo de conduccion; conduccion max; tempo di guida; tempo massimo di guida;
        guida max; ore di guida; ajoaika; max ajoaika; ajoaika max; enimmaisajoaika; ajoaika enintaan
    """,
    "max_km": """
        max km; km max; max distance; maximum distance; max kilometres; max kilometers; km limit; distance limit;
        max kilometer; kilometer max; maximale kilometer; hochstkilometer; max strecke; kilometrage max;
        distance max; distance maximale; km maximum; max afstand; maximale afstand; distancia max;
        distancia maxima; km maximo; km maximos; quilometros max; kilometros max; distanza max; distanza massima;
        chilometri max; km massimi; max kilometrit; kilometrit enintaan; enimmaismatka
    """,
    "overtime": """
        overtime; max overtime; maximum overtime; overtime allowed; allowed overtime; uberstunden; max uberstunden;
        erlaubte uberstunden; uberzeit; mehrarbeit; heures supplementaires; heures sup; heures supp;
        heures supplementaires max; overuren; max overuren; overwerk; horas extra; horas extras;
        horas extraordinarias; max horas extra; straordinario; straordinari; ore straordinarie; ylityo; ylityot;
        max ylityo
    """,
    "overtime_cost": """
        overtime rate; overtime cost; overtime price; overtime cost per hour; overtime per hour; uberstundensatz;
        uberstundenzuschlag; kosten uberstunde; kosten pro uberstunde; cout heure supplementaire;
        tarif heures supplementaires; overuurtarief; overuren tarief; toeslag overuren; custo hora extra;
        coste hora extra; precio hora extra; costo straordinario; costo straordinari; tariffa straordinario;
        ylityokorvaus; ylityolisa; ylityohinta
    """,
    "tours": """
        tours; max tours; tours per day; number of tours; trips; max trips; trips per day; number of trips; touren;
        max touren; anzahl touren; touren pro tag; anzahl fahrten; max fahrten; tournees; max tournees;
        tournees max; nombre de tournees; ritten; max ritten; aantal ritten; viagens; max viagens;
        numero de viagens; viajes; max viajes; viajes max; numero de viajes; giri; max giri; giri max;
        numero di giri; kierrokset; max kierrokset; ajokierrokset
    """,
    "reload": """
        reload; reload time; reloading; reloading time; reload minutes; loading time; turnaround time; nachladen;
        nachladezeit; ladezeit; beladezeit; rechargement; temps de rechargement; temps de chargement; herladen;
        herlaadtijd; laadtijd; recarga; tempo de recarga; tempo de carga; tiempo de recarga; tiempo de carga;
        ricarica; tempo di ricarica; tempo di carico; uudelleenlastaus; lastausaika
    """,
    "home_zones": """
        home zones; home zone; zones; zone; home area; home areas; areas; territory; heimatgebiet; heimatgebiete;
        heimatzone; heimatzonen; stammgebiet; stammgebiete; gebiet; gebiete; zonen; secteur; secteurs;
        zone habituelle; zones habituelles; thuiszone; thuiszones; thuisgebied; zona; zonas; zona habitual;
        zonas habituais; zonas habituales; zona abituale; zone abituali; alue; alueet; kotialue; kotialueet
    """,
    "no_zones": """
        forbidden zones; forbidden zone; no go zones; restricted zones; prohibited zones; excluded zones;
        no entry zones; no zones; zones not allowed; forbidden areas; verbotene zonen; sperrzonen; gesperrte zonen;
        verbotene gebiete; gesperrte gebiete; zones interdites; zone interdite; secteurs interdits;
        verboden zones; verboden gebieden; zonas proibidas; zona proibida; zonas prohibidas; zona prohibida;
        zone vietate; zona vietata; kielletyt alueet; kielletty alue
    """,
}
