"""Words of column headers, part two: numbers of orders, days and times, goods, money and the rest."""

from __future__ import annotations

WHAT = {
    "NUM": """
        number; no; num; nr; nbr; numbr; numbers; numb; nrs; nummer; nummern; numero; numeros; n; n o;
        numer; nro; numerot; no s; num o
    """,
    "ID": """
        id; ids; identifier; ident; key; uuid; guid; kennung; identifiant; identificador; identificatore;
        tunniste; tunnus; code; kode; codigo; codice; koodi; cod; kurzel; external id; extern id; import id
    """,
    "REF": """
        reference; ref; references; refno; refnr; referenz; referenznummer; zeichen; aktenzeichen;
        vorgangsnummer; referencia; riferimento; rif; riferim; referentie; kenmerk; viite; viitenumero;
        viitenro; viitteenne; tracking; tracking number; trackingnumber; trackingnr; tracking id;
        track and trace; barcode nr; sendungsverfolgung; awb; waybill; cmr; consignment note; seguimiento;
        seguimento; rastreio; seurantakoodi; seurantanumero
    """,
    "ORDER": """
        order; orders; ordernumber; orderid; job; jobs; task; shipment; consignment; delivery note; do; d o;
        docket; booking; sales order; salesorder; purchase order; po; work order; sales record; increment;
        transaction; request; ticket; bestell; bestellung; bestellungs; bestellungen; auftrag; auftrags;
        auftraege; auftrage; sendung; sendungs; lieferschein; lieferscheins; beleg; belege; vorgang;
        vorgangs; fahrauftrag; transportauftrag; ab; best; auftr; verkaufsbeleg; vbeln; commande; commandes;
        cde; cmd; bon de livraison; bon de commande; bl; expedition no; colis no; dossier; bordereau;
        mission; course; bestelling; bestel; bestellingen; ordernr; opdracht; opdrachten; zending; zendings;
        pakbon; vrachtbrief; leveringsbon; rit; klus; werkbon; encomenda; encomendas; pedido; pedidos;
        ordem; guia; guia de remessa; guia de transporte; nota de encomenda; servico; orden; ordenes;
        albaran; albaranes; expediente; envio no; orden de entrega; remision; ordine; ordini; ord;
        documento; ddt; bolla; bolla di consegna; spedizione no; documento di trasporto; commessa; incarico;
        tilaus; tilaukset; tilauksen; tilausnumero; tilausnro; tilausno; tilaustunnus; lahete; lahetteen;
        lahetys no; toimeksianto; kuljetustilaus; tehtava; aufnr; belnr; delivery document; id order
    """,
    # when
    "DATE": """
        date; dates; day; days date; on date; due; due date; eta date; dateandtime; datetime; ymd; yyyymmdd;
        dd mm yyyy; datum; tag; termin; dat; lieferdatum; liefertermin; stichtag; tagesdatum; wunschtermin;
        fertigungstermin; faellig; fallig; jour; jours; date prevue; echeance; dte; le jour; rdv; dag;
        bezorgdag; data; dia; dia de entrega; fecha; fec; fch; f entrega; dias; giorno; data prevista; gg;
        giornata; dt; pvm; paivamaara; paiva; paivays; pv; ajankohta; toimituspaiva; toimituspvm; wadat;
        lfdat; vdatu; edatu; wunschdat; zieldatum; required by; required on; needed by
    """,
    "TIME": """
        time; times; hour; hours; hh mm; clock; zeit; zeiten; uhrzeit; uhr; stunde; zeitpunkt; zeitangabe;
        heure; heures; hre; temps; moment; tijd; tijden; tijdstip; uur; tijdstippen; hora; horas; horario;
        horarios; tempo; ora; ore; orario; orari; momento; aika; kello; klo; kellonaika; ajat; ajan;
        kellonajat
    """,
    "WINDOW": """
        window; windows; time window; timewindow; time windows; slot; time slot; timeslot; timeframe;
        time frame; interval; tw; complete; availability; delivery hours; opening hours; preferred time;
        delivery time; delivery times; time range; zeitfenster; fenster; zeitraum; zeitspanne; lieferzeit;
        lieferzeiten; anlieferung; anlieferzeit; anlieferzeiten; offnungszeit; offnungszeiten;
        lieferfenster; zustellzeit; zeitfensters; annahmezeit; annahmezeiten; zeitrahmen; warenannahme;
        wunschzeit; uhrzeit lieferung; creneau; creneaux; plage; plage horaire; creneau horaire; fenetre;
        fenetre horaire; horaire; horaires; tranche horaire; disponibilite; heures de livraison; tijdvak;
        tijdvenster; tijdvensters; tijdslot; tijdsblok; tijdblok; venster; levertijd; bezorgtijd;
        bezorgmoment; aflevertijd; dagdeel; blok; periode; openingstijden; tijdspanne; bezorgvenster;
        janela; janela horaria; janela de entrega; periodo; intervalo; faixa horaria; horario de entrega;
        turno entrega; franja; franja horaria; ventana; ventana horaria; tramo horario; rango horario;
        horario entrega; turno de entrega; fascia; fascia oraria; finestra; finestra oraria; intervallo;
        orario consegna; orario di consegna; fasce orarie; disponibilita; aikaikkuna; ikkuna; aikavali;
        toimitusaika; toimitusikkuna; jakeluaika; aukioloajat; vastaanottoaika; toimitusaikaikkuna;
        anlieferuhrzeit; lfuhr; zeitvorgabe
    """,
    "START": """
        from; start; starts; begin; beginning; after; earliest; open; opens; opening; not before;
        start time; begins; ready; von; ab; beginn; anfang; anfangs; fruhestens; fruheste; frueheste;
        fruhester; startzeit; nicht vor; oeffnet; offnet; debut; de; des; depuis; au plus tot; plus tot;
        ouverture; commence; apres; a partir de; du; dès; deb; van; vanaf; begintijd; vroegst; vroegste;
        niet voor; na; aanvang; starttijd; opent; beginnt; inicio; desde; a partir das; das; inicial;
        abertura; comeca; cedo; mais cedo; apos; ini; comienzo; apertura; principio; mas temprano;
        despues de; a partir de las; desde las; inic; inizio; da; dalle; dal; iniziale; dopo; a partire da;
        non prima; dalle ore; prima ora; alkaa; alkaen; alku; alkuaika; mista; alkamisaika; aikaisintaan;
        aloitus; aloitusaika; avautuu; klo alkaen; tw start; window start; complete after; ltw start;
        start window; beg; entre; between; zwischen; tussen; tra; fra; valilla; heure min; heure mini;
        hora min; hora minima; ora minima; ora min; min time; time min; uhrzeit min; prise; prise de service
    """,
    "END": """
        to; until; till; end; ends; before; latest; by; close; closes; closing; not after; end time; finish;
        deadline; bis; ende; spatestens; spateste; spatester; endzeit; nicht nach; schliesst; schluss; vor;
        schliessung; fin; a; jusqu a; jusque; au plus tard; plus tard; fermeture; avant; termine;
        heure limite; au; tot; eind; einde; eindtijd; laatst; laatste; uiterlijk; voor; sluit; sluiting;
        t m; tot en met; fim; ate; as; final; fecho; termina; mais tarde; antes das; encerramento; termo;
        até; hasta; cierre; mas tarde; antes de; termino; hasta las; limite; fine; alle; al; finale;
        chiusura; entro; fino alle; fino a; prima delle; alle ore; ultima ora; paattyy; loppu; loppuaika;
        mihin; asti; viimeistaan; paattymisaika; mennessa; sulkeutuu; lopetus; saakka; ennen; loppuu;
        tw end; window end; complete before; ltw end; end window; paattyen; loppuen; eindigt; et; and; und;
        en; e; y; heure max; heure maxi; hora max; hora maxima; ora massima; ora max; max time; time max;
        uhrzeit max
    """,
    "SERVICE": """
        service; duration; service time; servicetime; time at stop; stop time; stop duration;
        unloading time; dwell; dwell time; handling time; handling; time on site; job duration; work time;
        visit duration; minutes on site; drop time; unload time; standzeit; stoppzeit; servicezeit;
        entladezeit; entladedauer; entladen; dauer; aufenthalt; aufenthaltsdauer; haltezeit;
        bearbeitungszeit; zeitbedarf; stehzeit; abladezeit; verweildauer; entladung; arbeitszeit vor ort;
        bedienzeit; haltedauer; duree; duree arret; duree d arret; duree de service; temps d arret;
        temps de service; temps sur place; dechargement; temps de dechargement; duree de livraison;
        duree de prestation; duree prestation; temps de livraison; temps par arret; lostijd; stoptijd;
        verblijfsduur; servicetijd; duur; tijdsduur; losduur; stopduur; afhandeltijd; laad en lostijd;
        lossen; tempo de servico; duracao; tempo de paragem; descarga; tempo de descarga; tempo no local;
        tempo de entrega; parada; tempo de atendimento; duracion; tiempo de servicio; tiempo de parada;
        tiempo; tiempo de descarga; tiempo servicio; tiempo en parada; estancia; tiempo de entrega; durata;
        tempo di servizio; sosta; tempo di sosta; tempo sosta; scarico; tempo di scarico; tempo servizio;
        durata sosta; tempo di consegna; fermata; palveluaika; kesto; purkuaika; kasittelyaika;
        pysahdysaika; purku; aika kohteella; purkamisaika; viipyma; kestoaika; toimituksen kesto
    """,
    # goods
    "WEIGHT": """
        weight; wt; weights; mass; gross weight; net weight; grossweight; wgt; total weight; gewicht; gew;
        masse; bruttogewicht; nettogewicht; gesamtgewicht; ladegewicht; brutto; brgew; ntgew;
        sendungsgewicht; poids; poids brut; poids total; pds; poids net; poids reel; bruto gewicht;
        brutogewicht; totaalgewicht; zendinggewicht; peso; peso bruto; peso total; pesos; peso liquido;
        peso neto; peso lordo; peso netto; peso totale; paino; bruttopaino; kokonaispaino; yhteispaino;
        painot; nettopaino; pain
    """,
    "VOLUME": """
        volume; vol; cubic; cube; cubage; cbm; size m3; cubic meters; capacity volume; volumen; rauminhalt;
        kubatur; raum; kubikmeter; volum; sendungsvolumen; laderaum; ladevolumen; voluminhalt; encombrement;
        cubature; volumineux; inhoud; kuub; volume m3; cubagem; volumetria; capacidade m3; volumen m3;
        cubicaje; volumetrico; cubatura; ingombro; metri cubi; tilavuus; kuutiot; tilav; kuutiotilavuus
    """,
    "PACK": """
        package; packages; parcel; parcels; piece; pieces; pcs; pkg; pkgs; carton; cartons; box; boxes;
        pallet; pallets; pc; unit; units; handling units; hu; cases; bags; packs; load units; colli; crates;
        totes; pkgs count; consignment pieces; pallet spaces; kolli; packstuck; packstucke; packstuecke;
        paket; pakete; stuck; stuckzahl; stuecke; stk; karton; kartons; palette; paletten; versandstucke;
        lademittel; ladeeinheiten; packeinheiten; gebinde; stellplatze; colis; paquet; paquets; palettes;
        pieces colis; unites; support; uc; um; collo; pakket; pakketten; pakjes; doos; dozen; stuks; stuk;
        verpakkingen; volumes; pacotes; embalagens; caixas; pecas; paletes; unidades; peças; pacote; bultos;
        bulto; paquetes; piezas; cajas; palets; palés; pales; bulto total; colli totali; pacchi; pacco;
        pezzi; cartoni; scatole; bancali; unita; plichi; kollit; kollia; kollimaara; paketit; paketti; kpl;
        kappaleet; kappalemaara; laatikot; lavat; lavoja; pakkaukset; kollien; kollilukumaara; pakettien;
        load pieces; pal; pkt
    """,
    "LOAD": """
        load; loads; charge; demand; ladung; bedarf; belading; carga; carico; kuorma; demande;
        quantity load; amount load
    """,
    "COUNT": """
        count; number of; no of; nr of; num of; nb de; nombre de; total number of; how many; cnt; qty of;
        anzahl; anz; zahl; summe stuck; nb; nbre; nombre; qte de; aantal; aant; hoeveel; qtd; qtde; quantos;
        cant; cantidad de; cant de; num; quanti; lkm; lukumaara; maara kpl; quantita di
    """,
    "QTY": """
        quantity; qty; qnty; quant; ordered qty; qty ordered; quantity ordered; quantity purchased;
        amount of items; ordered; menge; mge; bestellmenge; liefermenge; auftragsmenge; kwmeng; stuckmenge;
        lfimg; quantite; qte; quantites; qté; hoeveelheid; hvh; quantidade; quantidades; qnt; cantidad;
        cantidades; quantita; q ta; qta; q; maara; tilattu maara; tilausmaara; maarat
    """,
    "ITEM": """
        item; items; article; articles; product; products; goods; lineitem; line item; line items;
        orderline; order line; material; artikel; artikels; ware; waren; produkt; produkte; posten artikel;
        positionstext; produit; produits; marchandise; marchandises; goederen; producten; produto; produtos;
        artigo; artigos; mercadoria; articulo; articulos; producto; productos; mercancia; mercancias;
        articolo; articoli; prodotto; prodotti; merce; merci; tuote; tuotteet; tuotteen; tavara; tavarat;
        nimike; nimikkeet; matnr; arktx; order item; contents; inhalt; contenu; contenido; contenuto;
        conteudo; sisalto
    """,
    "SKU": """
        sku; ean; gtin; item no; item code; product code; article number; item number; part number; asin;
        upc; isbn; plu; artikelnummer; artikelnr; artnr; art nr; artikelcode; produktnummer; materialnummer;
        matnr; bestellnummer artikel; mat nr; reference article; ref produit; code article; code produit;
        reference produit; codice articolo; cod articolo; cod art; codice prodotto; codigo articulo;
        codigo de articulo; codigo producto; ref articulo; codigo artigo; codigo do artigo; codigo produto;
        cod artigo; ref artigo; productcode; tuotekoodi; tuotenumero; tuotenro; nimikekoodi; artikkeli;
        product reference; product id; lineitem sku; ref article
    """,
    "DESC": """
        description; desc; descr; title; text; denomination; name of goods; bezeichnung; beschreibung;
        benennung; titel; bez; artikelbezeichnung; produktbezeichnung; langtext; kurztext; designation;
        libelle; descriptif; intitule; omschrijving; oms; descricao; designacao; desc artigo; descripcion;
        titulo; concepto; descrizione; titolo; denominazione articolo; kuvaus; selite; nimitys; tuotenimi;
        tuotekuvaus; arktx
    """,
    "LINE": """
        pos; position; line; line no; lineno; line number; row; item pos; seq; sequence; positions;
        linenumber; posnr; posten; zeile; zeilen; positionsnr; positionsnummer; lfd; lfdnr; lfd nr;
        laufende; ligne; lignes; no ligne; num ligne; regel; regels; regelnr; regelnummer; linha; linhas;
        n linha; linea; lineas; num linea; riga; righe; n riga; rivi; rivit; rivinumero; rivinro; positio;
        auftragspos; order line no; suite no; positionen; lin; lig; nr riga
    """,
    "EACH": """
        per; each; unit weight; per piece; per unit; per parcel; per package; einzel; einzelgewicht; je;
        pro; stuckgewicht; je stuck; par; unitaire; par colis; unit; chaque; per stuk; per collo;
        stukgewicht; unitario; por unidade; por volume; cada; por bulto; por unidad; unitaria; ciascuno;
        cad; per pezzo; kpl paino; yksikkopaino; yksikko; kappalepaino; a kpl; por
    """,
    "TOTAL": """
        total; totals; total paid; amount paid; total amount paid; sum; grand; overall; gesamt; gesamtes;
        summe; totale; totaal; totaux; somme; totali; soma; suma; yhteensa; kokonais; yht; insgesamt;
        globale; complet; ges
    """,
    # how and what for
    "PRIORITY": """
        priority; prio; urgency; importance; rank; prioritat; prioritaet; dringlichkeit; wichtigkeit; rang;
        priorite; urgence; prioriteit; urgentie; belang; prioridade; urgencia; prioridad; importancia;
        priorita; urgenza; importanza; prioriteetti; kiireellisyys; tarkeys; prioriteetit; kiireys; lprio;
        urgent; express; kiireellinen; eilig; dringend; spoed; urgente; rush; expres; vip
    """,
    "SKILL": """
        skill; skills; requirement; requirements; required; capability; capabilities; special requirements;
        constraints; features; feature; equipment; handling requirements; vehicle features;
        vehicle requirements; certifications; anforderung; anforderungen; fahigkeit; fahigkeiten; merkmale;
        merkmal; eigenschaften; ausstattung; qualifikation; benotigt; qualifikationen; erfordernis;
        fahrzeuganforderung; fahrzeuganforderungen; restriktion; restriktionen; voraussetzungen; exigence;
        exigences; competence; competences; equipement; equipements; besoins; contraintes; contrainte;
        prerequis; materiel requis; vereisten; vereiste; eisen; eis; vaardigheid; vaardigheden;
        bijzonderheden voertuig; voertuigeisen; kenmerken; requisito; requisitos; competencias; equipamento;
        exigencias; capacidades; habilidades; restricoes; equipamiento; restricciones; necesidades;
        requerimientos; requisiti; competenze; esigenze; attrezzatura; attrezzature; vincoli; dotazione;
        vaatimus; vaatimukset; erityisvaatimukset; taidot; ominaisuudet; varustus; varusteet; rajoitukset;
        osaaminen; kalusto vaatimus; lisavarusteet; ausrustung; sonderausstattung; equipment features
    """,
    "KIND": """
        type; kind; order type; job type; task type; stop type; service type; direction; activity;
        operation; movement; typ; art; auftragsart; vorgangsart; bewegungsart; lieferart; auftragstyp;
        stoppart; richtung; tatigkeit; leistungsart; la; nature; sens; type de mission; type d operation;
        genre; mouvement; soort; aard; handeling; ordersoort; opdrachtsoort; tipo; tipologia; operacao;
        movimento; operacion; clase; movimiento; operazione; tipo operazione; genere; causale; tyyppi; laji;
        tilaustyyppi; tehtavatyyppi; suunta; toimenpide; tapa; tilauslaji; del pup; del pu;
        pickup or delivery; delivery or pickup; delivery or collection; collection or delivery;
        lieferung oder abholung; livraison ou enlevement; entrega o recogida; consegna o ritiro;
        entrega ou recolha; bezorgen of ophalen; toimitus tai nouto; toimitus nouto; delivery collection;
        lieferung abholung; livraison enlevement; entrega recogida; consegna ritiro; entrega recolha
    """,
    "PICKUP": """
        pickup; pick up; collection; collect; is pickup; ispickup; return; returns; abholung; abholauftrag;
        rucknahme; retoure; enlevement; ramassage; collecte; retour; reprise; ophalen; afhalen; ophaling;
        afhaling; ophaal; recolha; coleta; devolucao; recogida; recoleccion; devolucion; ritiro; prelievo;
        reso; nouto; palautus; haku; abhol
    """,
    "NOTES": """
        note; notes; comment; comments; remark; remarks; instruction; instructions; special instructions;
        info; information; details; memo; message; task details; additional info; additional information;
        gate code; delivery notes; access; directions; bemerkung; bemerkungen; hinweis; hinweise; notiz;
        notizen; anmerkung; anmerkungen; kommentar; anweisung; anweisungen; zusatzinfo; lieferhinweis;
        lieferhinweise; zustellhinweis; kundenhinweis; zusatzinformation; mitteilung; nachricht; vermerk;
        infos; bem; ablageort; fahrerhinweis; fahrerinfo; besonderheiten; wunsche; remarque; remarques;
        commentaire; commentaires; consigne; consignes; observation; observations; info complementaire;
        informations; precisions; notes chauffeur; code d acces; digicode; message client; rem; opmerking;
        opmerkingen; instructie; instructies; toelichting; bijzonderheden; notitie; notities; aanwijzingen;
        bericht; opm; extra info; afleverinstructie; bezorginstructie; observacao; observacoes; obs; nota;
        notas; comentario; comentarios; instrucao; instrucoes; mensagem; indicacoes; informacoes;
        info adicional; observacion; observaciones; instruccion; instrucciones; anotaciones; indicaciones;
        aclaraciones; mensaje; informacion adicional; comentarios cliente; osservazione; osservazioni;
        istruzione; istruzioni; annotazione; annotazioni; commento; commenti; indicazioni; messaggio;
        avvertenze; informazioni; note di consegna; lisatieto; lisatiedot; huomautus; huomautukset; huom;
        huomio; ohje; ohjeet; viesti; kommentti; kommentit; toimitusohje; toimitusohjeet; muistiinpanot;
        kuljettajalle; muuta; lisaohjeet; info kuljettajalle; code porte; door code; turcode; ovikoodi;
        codice porta; deurcode; codigo portal; codigo de puerta; entry code; zugangscode; toegangscode;
        sonderwunsche; sonderhinweise; zusatzwunsche; lieferwunsch; special requests; special request
    """,
    # money
    "COD": """
        cod; cash on delivery; collect on delivery; cod amount; cash; to collect; amount to collect;
        collect amount; cash to collect; nachnahme; nachnahmebetrag; nachn; inkasso; zu kassieren;
        kassieren; barbetrag; einzug; nn betrag; nn; bar; contre remboursement; contreremboursement;
        remboursement; a encaisser; encaissement; crbt; especes; montant a encaisser; rembours;
        onder rembours; rembourse; remboursbedrag; te innen; te incasseren; incasso; contant; te ontvangen;
        cobranca; a cobrar; valor a cobrar; reembolso; contra reembolso; envio a cobranca; cobrar;
        valor cobranca; contrareembolso; contra entrega; importe a cobrar; cobro; importe reembolso;
        contrassegno; importo contrassegno; incassare; da incassare; c ass; postiennakko; jalkivaatimus;
        perittava; kateinen; perittava summa; kateis; ennakko; postiennakkosumma
    """,
    "CURRENCY": """
        currency; curr; cur; currency code; iso currency; wahrung; waehrung; waers; wahr; devise; monnaie;
        valuta; munt; munteenheid; moeda; divisa; moneda; valuutta; valuuttakoodi; rahayksikko;
        order currency; order currency code; ccy
    """,
    "PAYMENT": """
        payment; pay; paid by; payment method; payment type; gateway; zahlung; zahlungs; zahlungsart;
        zahlungsweise; zahlart; bezahlart; bezahlung; paiement; reglement; mode de paiement;
        moyen de paiement; mode de reglement; betaling; betaal; betaalwijze; betaalmethode; pagamento;
        metodo de pagamento; forma de pagamento; modo de pagamento; pago; forma de pago; metodo de pago;
        metodo di pagamento; modalita di pagamento; tipo pagamento; maksu; maksutapa; maksun; maksutavan
    """,
    "AMOUNT": """
        amount; value; sum; balance due; betrag; wert; montant; valeur; bedrag; waarde; montante; valor;
        importe; importo; valore; summa; arvo; rahamaara; amt
    """,
    "OUTSTANDING": """
        outstanding; balance; outstanding balance; open amount; due amount; restbetrag; offener betrag;
        reste du; saldo
    """,
    "PRICE": """
        price; prices; subtotal; sub total; tax; taxes; vat; discount; fee; fees; cost; refund; refunded;
        charges; tip; unit price; preis; preise; einzelpreis; mwst; ust; steuer; rabatt; versandkosten;
        zwischensumme; gutschein; prix; tva; remise; frais; taxe; port; ht; hors taxe; prijs; btw; korting;
        verzendkosten; belasting; preco; iva; desconto; portes; imposto; precio; descuento; impuesto;
        gastos; prezzo; sconto; spese; imposta; imponibile; hinta; alv; alennus; vero; toimituskulut; verot;
        compare at price; shipping total; handling fee; coupon; voucher; margin; marge; revenue; umsatz;
        turnover; omzet; fatturato; chiffre d affaires
    """,
    # what else a file may hold, so that it is not taken for something it is not
    "CREATED": """
        created; creation; created at; date add; date added; date upd; date updated; add date; placed;
        purchased; purchase; ordered at; entered; issued; issue; printed; updated; modified; changed;
        cancelled; canceled; fulfilled; processed; paid at; paid; exported; confirmed; booked; received;
        registered; erstellt; angelegt; erfasst; erfassungs; anlage; geandert; gedruckt; ausgestellt;
        buchungs; beleg datum; eingang; eingangs; cree; passee; modifie; saisie; emission; emis; enregistre;
        edite; aangemaakt; aanmaak; gewijzigd; besteld; invoer; geplaatst; criacao; criado; emissao;
        registo; emitido; alterado; creacion; creado; emision; alta; registro; modificado; grabacion;
        creazione; creato; emissione; inserimento; modifica; registrazione; luotu; luonti; luontipvm;
        muokattu; kirjattu; kirjaus; tilauspvm; tilauspaiva; paivitetty; birth; geburts; naissance;
        nacimiento; nascita; syntyma; expiry; ablauf; shipped; date shipped; sale date; sold; sold on;
        order entry; salesperson
    """,
    "UOM": """
        unit of measure; uom; goods unit; item unit; sales unit; unit of measure code; einheit;
        mengeneinheit; me; verkaufseinheit; unite de mesure; unite; eenheid; unidade de medida;
        unidad de medida; unita di misura; um; mittayksikko; yksikkokoodi; vrkme; meins; unidade; unidad;
        unita
    """,
    "WEIGHTUNIT": """
        weight unit; unit of weight; weight uom; gewichtseinheit; gewicht einheit; einheit gewicht; gewei;
        unite de poids; unite poids; gewichtseenheid; unidade de peso; unidad de peso; unita di peso;
        painoyksikko; lineitem weight unit
    """,
    "STATUS": """
        status; state of order; statut; etat; estado do pedido; estado pedido; situacao; situacion;
        stato ordine; tila; tilanne; zustand; bearbeitungsstand; fulfillment status; financial status;
        stage; fase; phase; risk level; accepts marketing; requires shipping; taxable
    """,
    "DRIVER": """
        driver; drivers; courier; assigned; assigned to; assign to; assignee; employee; worker; agent;
        rider; driver name; fahrer; fahrers; kurier; zusteller; mitarbeiter; fahrername; chauffeur;
        chauffeurs; livreur; conducteur; coursier; bestuurder; bezorger; koerier; medewerker; motorista;
        condutor; estafeta; funcionario; conductor; repartidor; mensajero; empleado; chofer; autista;
        conducente; corriere; addetto; dipendente; kuljettaja; kuljettajan; kuski; kuriiri; tyontekija;
        jakelija
    """,
    "VEHICLE": """
        vehicle; vehicles; van; truck; car; fleet; lorry; vehicle name; vehicle id; unit no; fahrzeug;
        fahrzeuge; lkw; wagen; kfz; pkw; auto; fuhrpark; fahrzeugname; fahrzeugs; vehicule; vehicules;
        camion; camionnette; fourgon; voiture; voertuig; voertuigen; bestelwagen; bestelauto; wagennummer;
        busje; veiculo; veiculos; viatura; carrinha; camiao; camioes; vehiculo; vehiculos; furgoneta; coche;
        furgon; veicolo; veicoli; automezzo; mezzo; furgone; autocarro; ajoneuvo; ajoneuvot; ajoneuvon;
        pakettiauto; kuormaauto; kalusto; kuljetuskalusto
    """,
    "GROUP": """
        route; routes; tour; touren; zone; zones; team; teams; area code; region code; gruppe; group;
        tournee; secteur; equipe; ruta; rutas; zona; equipo; giro; percorso; squadra; rota; equipa;
        ritnummer; wijk; ploeg; reitti; reitin; alue; ryhma; rit nr; source; location id; employee; device;
        vendor; store; channel; department; kostenstelle; cost center; abteilung; filiale; sequence no;
        discount code; ritten; tourennr; tourennummer; reihenfolge
    """,
    "SIZE": """
        width; height; depth; length; dimensions; dimension; breite cm; hohe; tiefe; abmessungen; abmessung;
        masse cm; ldm; lademeter; largeur; hauteur; profondeur; longueur; hoogte; diepte; afmetingen;
        largura; altura; comprimento; profundidade; medidas; ancho; largo; fondo; larghezza; altezza;
        lunghezza; misure; korkeus; mitat; metros lineares; lengte cm; breedte cm; leveys cm
    """,
}
