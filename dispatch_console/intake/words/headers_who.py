"""Words of column headers, part one: whose, who and where. Class → words; a word may be several words long.

Folded; in the order en, de, fr, nl, pt, es, it, fi, then what programs use.
"""

from __future__ import annotations

WHO = {
    # roles: whose column it is
    "SHIP": """
        shipping; ship; delivery; deliver; deliveries; delivered; ship to; shipto; deliver to; drop;
        dropoff; drop off; liefer; lieferung; lieferungs; liefern; versand; zustell; zustellung;
        zustellungs; auslieferung; anliefer; livraison; expedition; envoi; livrer; livre; reception; liv;
        bezorg; bezorging; aflever; aflevering; verzend; verzending; levering; lever; leverings; leveringen;
        entrega; envio; entregas; expedicao; destino; reparto; envios; consegna; spedizione; destinazione;
        spediz; recapito; toimitus; toimituksen; lahetys; kohde; kohteen; jakelu; toim; consegne; post to;
        wunsch; desired; requested; wish; gewunscht; gewunschtes; souhaitee; gewenste; desejada; deseada;
        desiderata; toivottu; promise; promised; planned; scheduled; plan; soll; geplant; prevue; prevista
    """,
    "BILL": """
        billing; bill; invoice; invoicing; bill to; billto; sold to; soldto; payer; rechnung; rechnungs;
        faktura; zahler; rg; re; facturation; facture; facturer; payeur; factuur; facturatie; facturering;
        faturacao; fatura; faturamento; pagador; facturacion; factura; cobro; fatturazione; fattura;
        fatturare; laskutus; lasku; laskun; laskutettava; maksaja; buyer; besteller; acheteur; comprador;
        acquirente; ostaja; koper; sell to; sellto; sell
    """,
    "SENDER": """
        sender; shipper; ship from; origin; from address; supplier; consignor; seller; vendor; merchant;
        shop; absender; versender; auftraggeber; lieferant; abgang; ladestelle; beladestelle; verkaufer;
        spediteur; expediteur; fournisseur; origine; enlevement chez; vendeur; donneur d ordre; afzender;
        leverancier; laadadres; opdrachtgever; verkoper; remetente; fornecedor; origem; vendedor; remitente;
        proveedor; origen; mittente; fornitore; venditore; committente; lahettaja; lahettajan; toimittaja;
        lahtopaikka; myyja; depot; warehouse; lager; magasin; entrepot; magazijn; armazem; almacen;
        magazzino; varasto; werk; plant; niederlassung
    """,
    "CUST": """
        customer; customers; client; clients; consumer; kunde; kunden; kd; mandant; clientele; klant;
        klanten; klantnaam; cliente; clientes; clienti; asiakas; asiakkaan; kdnr; kundennr; kunnr; debitor;
        debiteur; debitore
    """,
    # persons and firms
    "PERSON": """
        recipient; recipients; receiver; consignee; addressee; contact; attention; attn; person;
        contact person; full name; empfanger; empfangers; warenempfanger; ansprechpartner; ansprechperson;
        kontakt; kontaktperson; adressat; zu handen; deliver to; ship to; shipto; delivered to;
        lieferung an; lieferadresse name; livrer a; livre a; entregar a; consegnare a; bezorgen bij;
        bezorgen aan; leveren aan; leveren bij; envio a; enviar a; destinatario merce; toimitetaan; send to;
        zhd; z hd; destinataire; dest; contact livraison; interlocuteur; ontvanger; ontvangers;
        geadresseerde; contactpersoon; t a v; tav; destinatario; destinatarios; contacto; contato; pessoa;
        pessoa de contacto; a c; persona; persona de contacto; receptor; consignatario; destinatari;
        referente; contatto; persona di contatto; nominativo; vastaanottaja; vastaanottajan; yhteyshenkilo;
        saaja; saajan; vast ottaja; cliente finale; client final; cliente final; end customer; endkunde;
        eindklant; loppuasiakas; end client
    """,
    "NAME": """
        name; names; fullname; full name; namen; bezeichnung kunde; nom; noms; naam; namens; nombre;
        nombres; nome; nomi; nimi; nimen; name of; alias; titel kunde; nom complet; nome completo;
        nombre completo; volledige naam; vollstandiger name; koko nimi; complete name
    """,
    "FIRST": """
        first; first name; firstname; given name; givenname; forename; fname; vorname; rufname; prenom;
        prenoms; voornaam; roepnaam; primeiro nome; nome proprio; nombre de pila; nome di battesimo;
        etunimi; etunimet
    """,
    "LAST": """
        last; last name; lastname; surname; family name; familyname; lname; second name; nachname;
        familienname; zuname; nom de famille; achternaam; familienaam; apelido; apelidos; sobrenome;
        ultimo nome; apellido; apellidos; cognome; cognomi; sukunimi
    """,
    "COMPANY": """
        company; business; organisation; organization; firm; corporation; company name; business name;
        store name; firma; firmen; firmenname; unternehmen; geschaft; betrieb; societe; entreprise;
        raison sociale; etablissement; enseigne; ste; magasin; bedrijf; bedrijfs; bedrijfsnaam; onderneming;
        organisatie; firmanaam; zaak; empresa; companhia; razao social; organizacao; entidade; compania;
        sociedad; razon social; organizacion; comercio; negocio; azienda; ditta; societa; ragione sociale;
        impresa; denominazione; rag soc; yritys; yrityksen; yhtio; organisaatio; toiminimi; liike; ragsoc;
        razsoc; raisoc; rag sociale
    """,
    # how to reach them
    "PHONE": """
        phone; phones; telephone; tel; tele; mobile; cell; cellphone; cell phone; mobile phone; sms;
        whatsapp; msisdn; ph; telefon; telefonnr; handy; mobil; mobiltelefon; mobilnummer; natel; rufnummer;
        fon; tlf; telef; mobilfunk; handynr; telephone portable; portable; mobiles; gsm; fixe tel; num tel;
        telefoon; telefoonnummer; mobiel; mobiele; mobieltje; telefone; telemovel; telemoveis;
        contacto telefonico; celular; movel; tlm; telefono; movil; tfno; tlfno; telefonos; tel movil;
        cellulare; telefonico; recapito telefonico; num telefono; puhelin; puh; puhelinnumero; matkapuhelin;
        kannykka; puhelimen; gsm nro; puhelinnro; puhnro; telf1; tel number; phone number; shipping phone;
        contact no; contact number; contact nr; contact nbr; numero de contacto; n contacto; kontaktnummer;
        kontaktnr; contactnummer; contact phone number; callback
    """,
    "FAX": "fax; telefax; faksi; web; website; url; homepage; webseite; link",
    "EMAIL": """
        email; e mail; mail; emails; mailadresse; email address; e mail address; notify email; emailadresse;
        mailaddr; courriel; mel; adresse electronique; adresse mail; adresse email; correo;
        correo electronico; posta elettronica; indirizzo email; sahkoposti; sahkopostiosoite; s posti;
        meili; emailadres; mailadres; endereco eletronico; endereco de email; smtp; smtp addr
    """,
    # where
    "STREET": """
        street; road; st address; street name; streetname; street line; str name; strasse; str;
        strassenname; strassen; gasse; stras; strasze; rue; voie; nom de rue; libelle voie; no et rue;
        numero et rue; rue et numero; straat; straatnaam; str naam; rua; logradouro; arruamento;
        nome da rua; calle; via publica; nombre de la calle; c; via; strada; nome via; piazza; toponimo;
        katu; katuosoite; lahiosoite; tie; jakeluosoite; kadun nimi
    """,
    "ADDRESS": """
        address; addresses; addr; adress; full address; address line; location; site; place; stop address;
        drop address; adresse; adressen; anschrift; lieferanschrift; adr; zieladresse; haltepunkt; ziel;
        standort; lieu; lieu de livraison; adresse complete; point de livraison; adres; adresregel; locatie;
        afleverlocatie; bestemming; volledig adres; morada; endereco; local; local de entrega; moradas;
        domicilio; direccion; dir; lugar; lugar de entrega; direcciones; ubicacion; indirizzo; luogo;
        luogo di consegna; indirizzi; destinazione merce; osoite; osoiterivi; toimitusosoite; paikka;
        sijainti; kohteen osoite; osoitteen; line 1; addressline 1; line1; adresse 1; direccion 1;
        indirizzo 1; morada 1; adres 1; osoite 1
    """,
    "ADDRESS2": """
        address line 2; address 2; address2; addressline2; line 2; apartment; apt; suite; unit; floor; flat;
        building; staircase; adresszusatz; zusatz; anschriftzusatz; adresse zusatz; stockwerk; stiege;
        wohnung; etage; tur; top; gebaude; adresse 2; complement d adresse; complement; complement adresse;
        batiment; escalier; appartement; residence; digicode etage; adresregel 2; verdieping; adres 2;
        busnummer; complemento; andar; piso; fracao; lote; bloco; morada 2; endereco 2; apartamento;
        complemento direccion; puerta; escalera; portal; bloque; direccion 2; planta; interno; piano; scala;
        indirizzo 2; presso; palazzo; citofono; complemento indirizzo; osoiterivi 2; kerros; rappu; porras;
        huoneisto; osoite 2; asunto; lisarivi; c o; street 2; street2; strasse 2; rue 2; calle 2; via 2;
        address line 3; address3; line 3; suburb; area; neighbourhood; neighborhood; bairro; barrio;
        quartiere; colonia; freguesia
    """,
    "HOUSE": """
        house; house number; house no; houseno; housenumber; street number; street no; building number;
        door; civic; hn; haus; hausnr; hausnummer; hausnummern; hnr; hsnr; hausno; strassennummer; haus nr;
        no de rue; numero de rue; no rue; no voie; numero de voie; numero voie; no civique; huis; huisnr;
        huisnummer; huisno; huis nr; straatnummer; porta; no de porta; numero de porta; no porta;
        n de porta; num porta; no policia; numero da porta; n porta; numero de calle; num calle; no calle;
        portal no; no exterior; numero exterior; numero de la calle; num via; civico; numero civico;
        n civico; nr civico; num civico; no civico; nr via; talo; talonumero; talonro; talon numero;
        talo nro; kiinteistonumero; katunumero; house num1; house num; addr housenumber
    """,
    "ADDITION": """
        addition; house number addition; suffix; number suffix; house letter; number extension; bis ter;
        indice; indice de repetition; hausnummernzusatz; hausnr zusatz; hnr zusatz; nummernzusatz;
        zusatz hausnr; zusatz hausnummer; toev; toevoeging; huisnummertoevoeging; huisnr toevoeging;
        huisletter; aanvulling; bus; huisnr toev; nr toevoeging; letra; sufixo; sufijo; lettera; esponente;
        barrato; liite; kirjain; rappukirjain; talon kirjain; porras kirjain
    """,
    "POSTCODE": """
        postcode; zip; zipcode; zip code; postal; postal code; post code; postalcode; pin code; eircode; pc;
        plz; postleitzahl; postlz; pstlz; post plz; psz; plz code; code postal; cp; npa; codepostal; c p;
        postkode; pcode; codigo postal; cod postal; cep; c postal; codpostal; cod postale; codice postale;
        cap; c a p; codice di avviamento postale; postinumero; postinro; posti nro; postnro; postnr;
        zip postal code; post code1
    """,
    "CITY": """
        city; town; locality; municipality; post town; village; settlement; city name; towns; ort; stadt;
        ortschaft; wohnort; gemeinde; ortsname; zielort; lieferort; bestimmungsort; ort01; ville; commune;
        localite; nom de la ville; bureau distributeur; agglomeration; plaats; stad; woonplaats; plaatsnaam;
        gemeente; bestemmingsplaats; woonpl; deelgemeente; cidade; localidade; concelho; municipio; vila;
        terra; ciudad; localidad; poblacion; pueblo; poblac; citta; localita; comune; paese citta; loc;
        kaupunki; postitoimipaikka; paikkakunta; kunta; toimipaikka; ptp; city1; postitmp
    """,
    "STATE": """
        state; province; region; county; district; territory; stateprovince; bundesland; kanton; bezirk;
        kreis; landkreis; canton; departement; provincie; regio; distrito; estado; provincia; prov; regione;
        cantone; comunidad; maakunta; laani; lan; uf
    """,
    "COUNTRY": """
        country; nation; country code; iso country; ctry; land; lander; lkz; landeskennzeichen; landescode;
        landcode; lkurz; staat; laenderkennzeichen; landerkennzeichen; pays; code pays; lndcode; pais;
        cod pais; codigo pais; paese; nazione; stato; codice paese; cod paese; maa; maakoodi; maan;
        maatunnus; country id; land1; shipping country id; country region; country region code;
        country or region
    """,
    "LAT": """
        lat; latitude; geo lat; gps lat; lat wgs84; y coordinate; y coord; coord y; ycoord; breitengrad;
        geografische breite; geogr breite; breitengrad dezimal; geobreite; breite wgs84; breite; latitud;
        latitudine; breedtegraad; breedte; leveysaste; leveyspiiri; leveys; latitude gps; y koordinate;
        koordinate y
    """,
    "LON": """
        lon; lng; long; longitude; geo lon; gps lon; gps lng; lon wgs84; x coordinate; x coord; coord x;
        geo lng; xcoord; langengrad; geografische lange; geogr lange; geolange; lange; lange wgs84;
        laengengrad; longitud; longitudine; lengtegraad; lengte; pituusaste; pituuspiiri; pituus;
        x koordinate; koordinate x
    """,
    "COORD": """
        coordinates; coordinate; coords; gps; latlng; latlon; lat lng; lat lon; lat long; geo; geolocation;
        position gps; wgs84; koordinaten; koordinate; gps koordinaten; geokoordinaten; geoposition;
        coordonnees; coordonnees gps; coordonnees geo; coordinaten; coordenadas; coordenadas gps;
        coordinate gps; coordinate geografiche; koordinaatit; gps koordinaatit; sijaintikoordinaatit;
        geo point; geopoint; point; wkt; map link; google maps; maps
    """,
}
