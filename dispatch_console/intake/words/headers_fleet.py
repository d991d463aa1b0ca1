"""Words of column headers, part three: what only lists of drivers and vehicles have."""

from __future__ import annotations

FLEET = {
    "PLATE": """
        plate; licence; license; registration; license plate; licence plate; number plate; reg; reg no;
        plate number; vrn; rego; kennzeichen; kennz; nummernschild; kz; amtl kennzeichen;
        polizeiliches kennzeichen; kontrollschild; autonummer; immatriculation; plaque; immat;
        plaque d immatriculation; no immatriculation; kenteken; kentekenplaat; nummerplaat; matricula;
        matriculas; placa; patente; targa; targhe; rekisterinumero; rekisteri; rekisteritunnus; rekkari;
        rek nro; rekisterinro; rekno; rek no
    """,
    "CAPACITY": """
        capacity; payload; max load; maximum load; capacities; load capacity; carrying capacity; max weight;
        max volume; kapazitat; nutzlast; zuladung; tragfahigkeit; ladekapazitat; fassungsvermogen;
        max gewicht; ladegewicht max; hochstlast; capacite; charge utile; charge; charge max; poids max;
        volume utile; volume max; capaciteit; laadvermogen; laadcapaciteit; laadgewicht; laadruimte;
        nuttige last; laadvolume; capacidade; carga; carga maxima; carga util; peso maximo; volume maximo;
        capacidad; capacidad de carga; volumen maximo; capacita; portata; portata massima; carico;
        carico massimo; volume massimo; portata utile; peso massimo; kapasiteetti; kantavuus; hyotykuorma;
        kuormatila; max kuorma; kantokyky; lastitila; maksimikuorma; tavaratila; utile; utiles; ptac;
        gvw payload
    """,
    "SHIFT": """
        shift; working hours; work hours; working time; schedule; roster; duty; hours of work; work;
        availability hours; workday; shifts; dienst; schicht; arbeitszeit; dienstzeit; einsatz; einsatzzeit;
        arbeitstag; schichtzeit; arbeits; dienstplan; poste; service horaire; horaires de travail; vacation;
        heures de travail; horaire de travail; temps de travail; werktijd; werktijden; ploegendienst;
        arbeidstijd; rooster; diensttijd; turno; horario de trabalho; jornada; horario laboral;
        jornada laboral; horario de trabajo; turnos; orario di lavoro; turni; orario lavorativo; servizio;
        vuoro; tyoaika; tyovuoro; tyoajat; vuoron; ajovuoro; tyovuoron
    """,
    "BREAK": """
        break; pause; rest; lunch; break time; lunch break; rest period; pausen; mittagspause; ruhezeit;
        ruhepause; pauses; coupure; pauze; rust; lunchpauze; pausa; pausas; descanso; intervalo; almoco;
        comida; riposo; sosta pranzo; pranzo; pausa pranzo; tauko; tauot; lounas; lepo; lounastauko;
        ruokatauko; tauon
    """,
    "COST": """
        cost; costs; rate; tariff; kosten; satz; kostensatz; cout; couts; tarif; taux; tarief; kost;
        prijs per; custo; custos; tarifa; coste; costo; costes; costi; tariffa; kustannus; kustannukset;
        hinta; taksa
    """,
    "HOUR": """
        hour; hourly; h; hr; hrs; std; stunde; stunden; heure; horaire; uur; per uur; hora; horario; ora;
        orario; tunti; stundlich
    """,
    "KM": """
        km; kilometer; kilometre; kilometers; kilometres; kilometro; quilometro; chilometro; kilometri;
        distance; mile; miles
    """,
    "HOURLY": """
        tuntihinta; tuntiveloitus; stundenlohn; stundensatz; taux horaire; uurtarief; stundenpreis;
        tarif horaire; tariffa oraria; tarifa horaria; costo orario; tarifa por hora; tuntipalkka;
        hourly rate; uurloon
    """,
    "KMLY": """
        kilometersatz; km satz; kmprijs; km prijs; kilometerpreis; kilometerkosten; km kosten;
        kilometritaksa; kilometrikorvaus; mileage rate; tarif kilometrique; prix kilometrique
    """,
    "FIXED": """
        fixed; fix; flat; base; daily; fixkosten; grundkosten; grundpreis; tagessatz; fixe; forfait; fijo;
        fija; fixo; fixa; fisso; fissa; forfettario; vast; vaste; dagprijs; kiintea; perusmaksu; pauschale;
        einsatzkosten; vaste kosten; tagespauschale; grundgebuhr; fixed cost; paivahinta
    """,
    "MAX": """
        max; maximum; maximal; maximale; maximaal; maximo; maxima; massimo; massima; enintaan; limit;
        hochstens; enimmais
    """,
    "STOPS": """
        stops; stop; stopps; stopp; halte; haltes; arrets; arret; paradas; parada; paragens; paragem;
        fermate; fermata; tappe; pysahdykset; pysahdyksia; kohteet; kohteita; max stops; deliveries per;
        drops; tasks; visits; visites; visitas
    """,
    "WEEKDAYS": """
        weekdays; weekday; working days; workdays; days; wochentage; wochentag; arbeitstage; einsatztage;
        jours; jours de travail; werkdagen; dagen; weekdagen; dias da semana; dias de trabalho; dias;
        dias de trabajo; dias laborables; giorni; giorni lavorativi; viikonpaivat; tyopaivat; paivat
    """,
    "STARTPLACE": """
        start location; start address; start place; start depot; departure; startort; startadresse;
        abfahrtsort; startplatz; startpunkt; lieu de depart; adresse de depart; depart; point de depart;
        startlocatie; startadres; vertrek; vertrekpunt; vertrekplaats; local de partida; partida;
        ponto de partida; local de inicio; morada de partida; lugar de salida; salida; punto de salida;
        punto de partida; direccion de salida; luogo di partenza; partenza; punto di partenza;
        indirizzo di partenza; lahtopaikka; lahtoosoite; lahto; aloituspaikka; start lat lon; start base;
        base
    """,
    "ENDPLACE": """
        end location; end address; end place; end depot; arrival; endort; endadresse; zielort; endpunkt;
        endplatz; return location; lieu d arrivee; adresse d arrivee; arrivee; point d arrivee; lieu de fin;
        eindlocatie; eindadres; aankomst; eindpunt; local de chegada; chegada; ponto de chegada;
        local de fim; local final; lugar de llegada; llegada; punto de llegada; punto final;
        luogo di arrivo; arrivo; punto di arrivo; paluupaikka; paatospaikka; lopetuspaikka; maaranpaa;
        paateosoite; paattymispaikka; zieladresse; ziel; zieldepot; end base
    """,
}
