"""Words of column headers, part four: what an order asks of the plan.

Phrases rather than words wherever a word alone may mean something else: `ready` is when a window opens.
"""

from __future__ import annotations

RULES = {
    # when the goods are ready at the depot; AVAILABLE may also be said of the customer
    "READY": """
        ready at; ready from; ready by depot; ready time; goods ready; goods ready at; goods ready from;
        goods available from; ready at depot; release time; released at; ware bereit; ware bereit ab;
        ware fertig; ware fertig ab; ware verfugbar ab; bereit ab; abholbereit ab; bereitstellung;
        bereitstellungszeit; bereitgestellt ab; freigabezeit; pret a partir de; prete a partir de;
        marchandise prete; marchandise prete a; heure de mise a disposition; mise a disposition;
        marchandise disponible a partir de; gereed om; gereed vanaf; klaar om; klaar vanaf; goederen gereed;
        goederen gereed om; pronto a partir de; pronta a partir de; mercadoria pronta; mercadoria pronta as;
        listo a partir de; lista a partir de; listo desde; mercancia lista; mercancia lista a las;
        pronto dalle; pronta dalle; merce pronta; merce pronta alle; merce pronta dalle; valmiina klo;
        valmiina alkaen; valmis klo; noudettavissa klo; tavara valmiina; tavara valmiina klo
    """,
    "AVAILABLE": """
        available from; available at; verfugbar ab; disponible a partir de; disponible des; beschikbaar vanaf;
        beschikbaar om; disponivel a partir de; disponivel a partir das; disponible desde; disponible a las;
        disponibile dalle; disponibile da; saatavilla alkaen; saatavilla klo
    """,
    "ZONE": """
        zone; zones; delivery zone; delivery area; gebiet; liefergebiet; zustellgebiet; zustellbezirk;
        zone de livraison; secteur de livraison; bezorggebied; leveringsgebied; gebied; zona; zona de entrega;
        area de entrega; zona de reparto; zona di consegna; area di consegna; toimitusalue; jakelualue
    """,
    "GOODSCLASS": """
        goods class; goods classes; class of goods; cargo class; goods type; dangerous goods; hazmat;
        hazardous goods; hazard class; adr class; warenklasse; guterklasse; gutklasse; gefahrgut;
        gefahrgutklasse; gefahrklasse; gefahrenklasse; adr klasse; classe de marchandise;
        classe de marchandises; matieres dangereuses; marchandises dangereuses; classe de danger; classe adr;
        goederenklasse; gevaarlijke stoffen; gevaarlijke goederen; gevarenklasse; classe de mercadoria;
        mercadorias perigosas; classe de perigo; clase de mercancia; mercancias peligrosas; clase de peligro;
        clase adr; classe di merce; classe merce; merci pericolose; classe di pericolo; tavaraluokka;
        vaaralliset aineet; vaarallinen aine; vaaraluokka; adr luokka
    """,
    "NOTDRIVER": """
        not with driver; not with drivers; not driver; excluded driver; excluded drivers; driver excluded;
        drivers excluded; forbidden driver; forbidden drivers; blocked driver; blocked drivers;
        driver blocked; fahrer ausgeschlossen; ausgeschlossener fahrer; ausgeschlossene fahrer; nicht mit;
        nicht mit fahrer; gesperrter fahrer; gesperrte fahrer; fahrer gesperrt; chauffeur exclu;
        chauffeurs exclus; conducteur exclu; livreur exclu; pas avec; pas avec chauffeur; niet met;
        niet met chauffeur; uitgesloten chauffeur; chauffeur uitgesloten; geblokkeerde chauffeur;
        motorista excluido; condutor excluido; nao com motorista; nao com; conductor excluido;
        repartidor excluido; no con conductor; autista escluso; autisti esclusi; non con autista;
        estetty kuljettaja; kuljettaja estetty; kielletty kuljettaja; ei kuljettajalle
    """,
    "USUALDRIVER": """
        usual driver; usual drivers; regular driver; regular drivers; preferred driver; known driver;
        stammfahrer; ublicher fahrer; bevorzugter fahrer; wunschfahrer; bekannter fahrer;
        chauffeur habituel; conducteur habituel; livreur habituel; chauffeur attitre; vaste chauffeur;
        vaste bezorger; gebruikelijke chauffeur; motorista habitual; condutor habitual; conductor habitual;
        repartidor habitual; autista abituale; autista di fiducia; vakiokuljettaja; tuttu kuljettaja
    """,
    "PARKING": """
        parking time; parking minutes; parking min; time to park; parkzeit; parkdauer; parkminuten;
        temps de stationnement; duree de stationnement; parkeertijd; tempo de estacionamento;
        tiempo de aparcamiento; tiempo de estacionamiento; tempo di parcheggio; pysakointiaika
    """,
    "LATE": """
        late price; late fee; late penalty; lateness price; lateness cost; price per minute late;
        cost per minute late; delay penalty; penalty per minute; verspatungspreis; verspatungskosten;
        preis je minute verspatung; verspatung je minute; strafe je minute; penalite de retard;
        penalite par minute; cout du retard; boete per minuut; boete te laat; kosten te laat;
        multa por atraso; multa por minuto; custo do atraso; penalizacion por retraso; multa por retraso;
        coste del retraso; penale per ritardo; penale al minuto; costo del ritardo; myohastymismaksu;
        myohastymishinta; myohastymissakko
    """,
}
