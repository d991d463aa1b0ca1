"""How people of eight languages (and two kinds of English) write lists of orders: headers, dates, times, words.

One block a country. `field: text | text`; `=` joins pairs. In windows {a} {A} {Ah} {a12} are one time as 8, 8:00,
8h and 8am. In phones d is any figure; behind the = is the E.164 number up to the first of them.
"""

from __future__ import annotations

from typing import NamedTuple

_BLOCKS: dict[str, str] = {
    "de": """
code: DE
countries: DE | Deutschland | D | DEU
dates: %d.%m.%Y | %d.%m.%y
decimal: ,
header reference: Auftragsnummer | Bestell-Nr. | Lieferschein Nr | Auftrags-ID | Belegnummer | Sendungsnr.
header kind: Auftragsart | Art | Typ | Vorgangsart | Lieferung/Abholung
header name: Empfänger | Kundenname | Name des Empfängers | Ansprechpartner | Kunde
header company: Firma | Firmenname | Unternehmen
header phone: Telefon | Tel.-Nr. | Handynummer | Rufnummer | Mobil
header email: E-Mail-Adresse | Mail | eMail
header street: Straße | Lieferadresse | Anschrift | Strasse
header house: Hausnummer | HNr. | Haus-Nr.
header postcode: PLZ | Postleitzahl | Liefer-PLZ
header city: Ort | Stadt | Lieferort | Wohnort
header town: PLZ / Ort | PLZ Ort
header country: Land | Ländercode
header day: Liefertermin | Zustelldatum | Lieferdatum | Wunschdatum | Datum
header window: Zeitfenster | Lieferzeit | Wunschzeit | Uhrzeit
header from: Zeit von | von | frühestens | Beginn
header to: Zeit bis | bis | spätestens | Ende
header service: Standzeit (min) | Entladezeit in Minuten | Dauer [min]
header weight: Gewicht in kg | Gesamtgewicht (kg) | kg | Bruttogewicht [kg]
header volume: Volumen in m³ | Rauminhalt (cbm) | m³
header pieces: Anzahl Pakete | Kolli | Packstücke | Stückzahl
header priority: Priorität | Dringlichkeit | Prio
header skills: Anforderungen | Ausstattung
header cod: Nachnahmebetrag (€) | Nachnahme EUR | zu kassieren (€)
header notes: Hinweise | Bemerkungen | Lieferhinweis
both: {a}-{b} Uhr | von {A} bis {B} | zwischen {A} und {B} Uhr | {A} – {B}
after: ab {A} Uhr | nach {A}
before: bis {B} Uhr | vor {B} | spätestens {B} Uhr
all_day: ganztägig | egal | jederzeit
morning: vormittags | Vormittag
afternoon: nachmittags | Nachmittag
kinds: Lieferung=Abholung | Zustellung=Rückholung | L=A
priorities: low=niedrig | normal=normal | high=hoch | critical=kritisch
cities: 80331=München | 01067=Dresden | 04109=Leipzig | 20095=Hamburg
streets: Hauptstr. {n} | Am Tor {n} | Gartenweg {n} | Alte Gasse {n}
phones: 089 99998ddd=+498999998 | 0171 39200dd=+4917139200 | +49 171 39200dd=+4917139200
words: total=Summe | heavy=schwer | kind=Inventur | title=Auftragsliste | note=Bitte klingeln
""",
    "fr": """
code: FR
countries: FR | France | FRA
dates: %d/%m/%Y | %d/%m/%y | %d-%m-%Y
decimal: ,
header reference: N° de commande | Réf. commande | Numéro BL | Commande n°
header kind: Type | Nature de la mission | Type d'opération
header name: Destinataire | Nom du client | Nom complet | Client
header company: Société | Raison sociale | Entreprise
header phone: Téléphone | Tél. | Portable
header email: Courriel | E-mail | Adresse mail
header street: Adresse | Adresse de livraison | Rue
header house: N° de rue | Numéro de voie
header postcode: Code postal | CP
header city: Ville | Commune | Localité
header town: CP Ville | Code postal et ville
header country: Pays | Code pays
header day: Date de livraison | Livraison prévue le | Date prévue | Jour de livraison
header window: Créneau | Créneau horaire | Plage horaire
header from: Heure début | À partir de | Heure min
header to: Heure fin | Jusqu'à | Avant
header service: Durée d'arrêt (min) | Temps de service (min)
header weight: Poids (kg) | Poids total kg | Poids brut (kg)
header volume: Volume (m3) | Volume m³
header pieces: Nombre de colis | Nb colis | Colis
header priority: Priorité | Urgence
header skills: Compétences | Exigences
header cod: Contre-remboursement (€) | Montant à encaisser (€)
header notes: Commentaires | Consignes | Remarques
both: {a}h-{b}h | de {Ah} à {Bh} | entre {Ah} et {Bh} | {A} - {B}
after: après {Ah} | à partir de {Ah} | dès {Ah}
before: avant {Bh} | jusqu'à {Bh}
all_day: toute la journée | indifférent
morning: matin | le matin
afternoon: après-midi | l'après-midi
kinds: Livraison=Enlèvement | livraison=ramassage | L=E
priorities: low=basse | normal=normale | high=haute | critical=critique
cities: 01000=Bourg-en-Bresse | 74000=Annecy | 06000=Nice | 75011=Paris
streets: {n} rue du Lac | {n}, place du Marché | {n} avenue de la Gare
phones: 06 39 98 dd dd=+3363998 | 01 99 00 dd dd=+3319900
words: total=Total | heavy=lourd | kind=Inventaire | title=Liste des commandes | note=Sonner deux fois
""",
    "nl": """
code: NL
countries: NL | Nederland | NLD
dates: %d-%m-%Y | %d/%m/%Y
decimal: ,
header reference: Ordernummer | Bestelnummer | Zendingnr. | Opdrachtnummer
header kind: Soort | Type opdracht | Type
header name: Ontvanger | Klantnaam | Naam | Contactpersoon
header company: Bedrijf | Bedrijfsnaam | Firma
header phone: Telefoon | Telefoonnummer | Mobiel
header email: E-mail | E-mailadres
header street: Straat | Adres | Afleveradres
header house: Huisnummer | Huisnr.
header postcode: Postcode
header city: Plaats | Woonplaats | Stad
header town: Postcode + plaats | Postcode/Plaats
header country: Land | Landcode
header day: Bezorgdatum | Leverdatum | Afleverdatum
header window: Tijdvak | Tijdvenster | Levertijd
header from: Tijd van | Vanaf | Starttijd
header to: Tijd tot | Tot | Eindtijd
header service: Lostijd (min) | Stoptijd in minuten
header weight: Gewicht (kg) | Totaalgewicht kg | Kg
header volume: Volume (m3) | Inhoud m³
header pieces: Aantal colli | Aantal pakketten | Colli
header priority: Prioriteit
header skills: Vereisten | Eisen
header cod: Rembours (€) | Te innen (€)
header notes: Opmerkingen | Instructies | Bijzonderheden
both: {a}-{b} uur | van {A} tot {B} | tussen {A} en {B} uur | {A} - {B}
after: vanaf {A} | na {A} uur
before: tot {B} | voor {B} uur | uiterlijk {B}
all_day: hele dag | maakt niet uit
morning: 's ochtends | ochtend
afternoon: middag | 's middags
kinds: Bezorging=Ophaling | Levering=Afhalen | B=O
priorities: low=laag | normal=normaal | high=hoog | critical=spoed
cities: 1234 AB=Ons Dorp | 5411CK=Zeeland | 9999 XL=Noordeind
streets: Dorpsstraat {n} | Kerkweg {n} | Laan van Zuid {n}
phones: 06-555dd0dd=+316555 | +31 6 555 dd0 dd=+316555
words: total=Totaal | heavy=zwaar | kind=Onderhoud | title=Orderlijst | note=Achterom graag
""",
    "es": """
code: ES
countries: ES | España | ESP
dates: %d/%m/%Y | %d/%m/%y | %d-%m-%Y
decimal: ,
header reference: Nº pedido | Número de pedido | Albarán | Referencia
header kind: Tipo | Tipo de servicio | Operación
header name: Destinatario | Cliente | Nombre | Nombre del cliente
header company: Empresa | Razón social
header phone: Teléfono | Móvil | Tfno.
header email: Correo electrónico | Email
header street: Dirección | Calle | Dirección de entrega
header house: Número | Nº de calle
header postcode: Código postal | C.P. | CP
header city: Población | Ciudad | Localidad
header town: CP Población | CP / Ciudad
header country: País | Cód. país
header day: Fecha de entrega | Fecha entrega | F. entrega
header window: Franja horaria | Horario de entrega | Ventana horaria
header from: Hora desde | Desde | Hora inicio
header to: Hora hasta | Hasta | Hora fin
header service: Tiempo de descarga (min) | Duración (min)
header weight: Peso (kg) | Kilos | Peso total kg
header volume: Volumen (m3) | m³
header pieces: Nº bultos | Bultos | Cantidad de bultos
header priority: Prioridad
header skills: Requisitos
header cod: Contra reembolso (€) | Reembolso €
header notes: Observaciones | Notas | Comentarios
both: de {a} a {b} h | entre las {A} y las {B} | {A}-{B} | {a}h - {b}h
after: a partir de las {A} | desde las {A} | después de las {A}
before: antes de las {B} | hasta las {B}
all_day: todo el día | cualquier hora
morning: mañana | por la mañana
afternoon: tarde | por la tarde
kinds: Entrega=Recogida | E=R
priorities: low=baja | normal=normal | high=alta | critical=crítica
cities: 28013=Madrid | 01001=Vitoria | 08001=Barcelona
streets: Calle Mayor {n} | Plaza Nueva, {n} | Av. del Puerto {n}
phones: 612 555 ddd=+34612555 | 0034 612 555 ddd=+34612555 | +34 612555ddd=+34612555
words: total=Total | heavy=pesado | kind=Inspección | title=Listado de pedidos | note=Llamar antes
""",
    "it": """
code: IT
countries: IT | Italia | ITA
dates: %d/%m/%Y | %d/%m/%y | %d-%m-%Y
decimal: ,
header reference: Numero ordine | N. ordine | Rif. ordine | DDT n.
header kind: Tipo | Tipologia | Tipo servizio
header name: Destinatario | Cliente | Nominativo | Nome cliente
header company: Ragione sociale | Azienda | Ditta
header phone: Telefono | Cellulare | Tel.
header email: E-mail | Posta elettronica
header street: Indirizzo | Via | Indirizzo di consegna
header house: Numero civico | N. civico | Civico
header postcode: CAP | C.A.P.
header city: Città | Località | Comune
header town: CAP Città | CAP / Località
header country: Paese | Nazione
header day: Data consegna | Data di consegna | Data prevista
header window: Fascia oraria | Orario consegna | Finestra oraria
header from: Dalle | Ora inizio | Dalle ore
header to: Alle | Ora fine | Alle ore
header service: Tempo di sosta (min) | Durata (min)
header weight: Peso (kg) | Peso lordo kg | Kg
header volume: Volume (mc) | Volume m³
header pieces: N. colli | Colli | Numero colli
header priority: Priorità | Urgenza
header skills: Requisiti
header cod: Contrassegno (€) | Importo contrassegno €
header notes: Note | Annotazioni | Istruzioni
both: dalle {A} alle {B} | tra le {a} e le {b} | {A} - {B} | ore {a}-{b}
after: dopo le {A} | dalle {A} | a partire dalle {A}
before: entro le {B} | prima delle {B} | fino alle {B}
all_day: tutto il giorno | qualsiasi ora
morning: mattina | mattino
afternoon: pomeriggio | di pomeriggio
kinds: Consegna=Ritiro | C=R
priorities: low=bassa | normal=normale | high=alta | critical=urgente
cities: 00184=Roma | 20121=Milano | 09124=Cagliari
streets: Via Garibaldi {n} | Piazza Duomo, {n} | Corso Italia {n}
phones: 333 5550ddd=+393335550 | +39 06 5550ddd=+39065550 | 06/5550ddd=+39065550
words: total=Totale | heavy=pesante | kind=Ispezione | title=Elenco ordini | note=Citofonare
""",
    "pt": """
code: PT
countries: PT | Portugal | PRT
dates: %d/%m/%Y | %d/%m/%y | %d-%m-%Y
decimal: ,
header reference: N.º encomenda | Número da encomenda | Guia n.º | Referência
header kind: Tipo | Tipo de serviço | Operação
header name: Destinatário | Cliente | Nome
header company: Empresa | Razão social
header phone: Telefone | Telemóvel | Contacto telefónico
header email: Email | Correio eletrónico
header street: Morada | Rua | Morada de entrega | Endereço
header house: N.º de porta | Nº porta
header postcode: Código postal | Cód. postal
header city: Localidade | Cidade
header town: Código Postal e Localidade | CP / Localidade
header country: País
header day: Data de entrega | Data entrega | Data prevista
header window: Janela horária | Horário | Período
header from: Hora início | Das | Desde
header to: Hora fim | Às | Até
header service: Tempo de descarga (min) | Duração (min)
header weight: Peso (kg) | Peso bruto kg
header volume: Volume (m3)
header pieces: Volumes | N.º de volumes | Qtd. volumes
header priority: Prioridade
header skills: Requisitos
header cod: Cobrança (€) | Valor a cobrar (€)
header notes: Observações | Notas | Obs.
both: das {a}h às {b}h | entre as {A} e as {B} | {A} - {B}
after: a partir das {A} | depois das {A}
before: até às {B} | antes das {B}
all_day: todo o dia | qualquer hora
morning: manhã | de manhã
afternoon: tarde | à tarde
kinds: Entrega=Recolha | E=R
priorities: low=baixa | normal=normal | high=alta | critical=crítica
cities: 4700-034=Braga | 1000-205=Lisboa
streets: Rua das Flores {n} | Av. Central, {n} | Largo do Paço {n}
phones: 915 555 ddd=+351915555 | 351915555ddd=+351915555 | +351 915 555 ddd=+351915555
words: total=Total | heavy=pesado | kind=Inspeção | title=Mapa de entregas | note=Tocar à campainha
""",
    "fi": """
code: FI
countries: FI | Suomi | FIN
dates: %d.%m.%Y
decimal: ,
header reference: Tilausnumero | Tilausnro | Lähete nro | Viite
header kind: Tyyppi | Tehtävätyyppi | Laji
header name: Vastaanottaja | Asiakas | Nimi | Asiakkaan nimi
header company: Yritys | Yrityksen nimi
header phone: Puhelin | Puhelinnumero | GSM
header email: Sähköposti | Sähköpostiosoite
header street: Katuosoite | Osoite | Toimitusosoite
header house: Talonumero | Talon nro
header postcode: Postinumero | Postinro
header city: Postitoimipaikka | Kaupunki | Paikkakunta
header town: Postinumero ja kaupunki
header country: Maa | Maakoodi
header day: Toimituspäivä | Toimituspvm | Pvm
header window: Aikaikkuna | Toimitusaika | Aikaväli
header from: Aika alkaen | Alkaa | Klo alkaen
header to: Aika asti | Päättyy | Klo asti
header service: Purkuaika (min) | Kesto min
header weight: Paino (kg) | Kokonaispaino kg | Paino kg
header volume: Tilavuus (m3)
header pieces: Kollit | Kollimäärä | Pakettien lkm
header priority: Prioriteetti | Kiireellisyys
header skills: Vaatimukset
header cod: Postiennakko (€) | Jälkivaatimus €
header notes: Lisätiedot | Huomautukset | Ohjeet
both: klo {a}–{b} | {A}-{B} | klo {A} - {B}
after: klo {A} jälkeen | klo {A} alkaen
before: ennen klo {B} | klo {B} mennessä
all_day: koko päivä | milloin vain
morning: aamupäivä | aamulla
afternoon: iltapäivä | iltapäivällä
kinds: Toimitus=Nouto | T=N
priorities: low=matala | normal=normaali | high=korkea | critical=kriittinen
cities: 00100=Helsinki | 00530=Helsinki | 33100=Tampere
streets: Mallikatu {n} | Esimerkkitie {n} | Rantapolku {n}
phones: 040 555 dddd=+35840555 | +358 40 555dddd=+35840555 | 35840555dddd=+35840555
words: total=Yhteensä | heavy=painava | kind=Huolto | title=Toimituslista | note=Soita ovikelloa
""",
    "uk": """
code: GB
countries: GB | UK | United Kingdom | GBR
dates: %d/%m/%Y | %d %b %Y | %d-%b-%y
decimal: .
header reference: Order Ref | Order No | Consignment | Job Number | Delivery Note
header kind: Type | Job Type | Order Type
header name: Customer Name | Recipient | Deliver To | Contact Name
header company: Company | Business Name
header phone: Phone | Mobile | Contact No
header email: Email | E-mail Address
header street: Address | Street | Delivery Address
header house: House No | House Number
header postcode: Postcode | Post Code
header city: Town | City | Post Town
header town: Town & Postcode
header country: Country | Country Code
header day: Delivery Date | Date Required | Del Date
header window: Time Slot | Delivery Window | Time Window
header from: From | Earliest | Start Time
header to: To | Latest | End Time
header service: Unload Time (mins) | Stop Duration (min)
header weight: Weight (kg) | Gross Weight Kg | Kgs
header volume: Volume (m3) | Cube (m3)
header pieces: Parcels | No. of Packages | Pieces | Cartons
header priority: Priority
header skills: Skills | Requirements
header cod: COD (£) | Cash to Collect (£)
header notes: Notes | Instructions | Comments
both: {A}-{B} | between {A} and {B} | {a12} to {b12} | {a12}-{b12}
after: after {A} | from {a12}
before: before {B} | by {b12}
all_day: all day | anytime
morning: AM | morning
afternoon: PM | afternoon
kinds: Delivery=Collection | D=C | Drop=Pickup
priorities: low=Low | normal=Medium | high=High | critical=Urgent
cities: YO1 7HH=York | LS1 4AP=Leeds
streets: {n} High Street | {n} Mill Lane | {n} Station Road
phones: 07700 900ddd=+447700900 | +44 7700 900ddd=+447700900
words: total=Total | heavy=heavy | kind=Survey | title=Order list | note=Ring the bell
""",
    "us": """
code: US
countries: US | USA | United States
dates: %m/%d/%Y | %m/%d/%y
decimal: .
header reference: Order # | Order ID | Sales Order | External ID
header kind: Type | Stop Type | Pickup or Delivery
header name: Customer | Recipient Name | Ship To Name | Name
header company: Company | Company Name
header phone: Phone | Phone Number | Cell Phone
header email: Email | Email Address
header street: Street Address | Address | Address Line 1
header house: House Number | Street No.
header postcode: ZIP | Zip Code | Postal Code
header city: City
header town: Zip / City
header country: Country
header day: Delivery Date | Ship Date | Scheduled Date
header window: Delivery Window | Time Window
header from: Time Window Start | Earliest Time
header to: Time Window End | Latest Time
header service: Service Time (min) | Duration (minutes)
header weight: Weight (kg) | Weight kg
header volume: Volume (m3)
header pieces: Packages | # of Boxes | Package Count | Units
header priority: Priority
header skills: Required Skills
header cod: COD Amount ($) | Collect Amount ($)
header notes: Special Instructions | Notes | Delivery Notes
both: {a12} - {b12} | between {a12} and {b12} | {A}-{B}
after: after {a12} | from {a12}
before: before {b12} | by {b12}
all_day: all day | anytime
morning: AM | Morning
afternoon: PM | Afternoon
kinds: Delivery=Pickup | D=P
priorities: low=Low | normal=Normal | high=High | critical=Critical
cities: 02101=Boston | 62701=Springfield | 07001=Avenel
streets: {n} Main St | {n} Oak Ave | {n} Elm Rd
phones: (212) 555-01dd=+121255501 | +1 212-555-01dd=+121255501 | 212.555.01dd=+121255501
words: total=Grand Total | heavy=heavy | kind=Survey | title=Orders | note=Ring the bell
""",
}


class Land(NamedTuple):
    """`headers`: field → usual texts. `cities`: postcode and town."""

    code: str
    country_names: tuple[str, ...]
    dates: tuple[str, ...]
    decimal: str
    headers: dict[str, tuple[str, ...]]
    both: tuple[str, ...]
    after: tuple[str, ...]
    before: tuple[str, ...]
    all_day: tuple[str, ...]
    morning: tuple[str, ...]
    afternoon: tuple[str, ...]
    kinds: tuple[tuple[str, ...], ...]
    priorities: dict[str, str]
    cities: tuple[tuple[str, ...], ...]
    streets: tuple[str, ...]
    phones: tuple[tuple[str, ...], ...]
    words: dict[str, str]


def _land(block: str) -> Land:
    said: dict[str, tuple[str, ...]] = {}
    for line in block.strip().splitlines():
        key, _, values = line.partition(": ")
        said[key] = said.get(key, ()) + tuple(values.split(" | "))

    def pairs(key: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(value.split("=")) for value in said[key])

    return Land(
        code=said["code"][0],
        country_names=said["countries"],
        dates=said["dates"],
        decimal=said["decimal"][0],
        headers={key.removeprefix("header "): texts for key, texts in said.items() if key.startswith("header ")},
        both=said["both"],
        after=said["after"],
        before=said["before"],
        all_day=said["all_day"],
        morning=said["morning"],
        afternoon=said["afternoon"],
        kinds=pairs("kinds"),
        priorities={pair[0]: pair[1] for pair in pairs("priorities")},
        cities=pairs("cities"),
        streets=said["streets"],
        phones=pairs("phones"),
        words={pair[0]: pair[1] for pair in pairs("words")},
    )


LANDS = {name: _land(block) for name, block in _BLOCKS.items()}
