"""Values that stand for one of a few things: kinds of order, priorities, yes and no, ways to pay. Folded."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip() for line in text.splitlines() for word in line.split(";") if word.strip())


DELIVERY = _words("""
delivery; deliver; deliveries; drop; drop-off; dropoff; drop off; del; dlv; outbound; delivering; ship
shipment; dispatch
lieferung; zustellung; auslieferung; anlieferung; lief; zust; ausgang; liefern; zustellen; bringen
lieferauftrag; versand
livraison; livrer; liv; depose; distribution; expedition; remise; a livrer; levering; bezorging; bezorgen
leveren; bezorg
aflevering; afleveren; entrega; entregar; ent; envio; entregas; reparto; consegna; consegnare; cons
consegne; recapito
spedizione; toimitus; toimita; jakelu; vienti; kuljetus; toim; leverans; levering aan huis; uitlevering
""")

COLLECTION = _words("""
collection; collect; pickup; pick-up; pick up; pu; col; collecting; return; returns; inbound; pick; retour
collections
abholung; abholen; abh; rucknahme; ruckholung; rucksendung; ruckgabe; hol; holen; abholauftrag; abholer
leergut
enlevement; ramassage; collecte; enlever; ramasser; reprise; recuperation; retrait; a enlever; reception
enl
ophaling; ophalen; afhaling; afhalen; ophaal; afhaal; retourzending; recolha; recolher; coleta; levantamento
devolucao
recogida; recoger; recolectar; recoleccion; retirada; devolucion; rec; recogidas; ritiro; ritirare; prelievo
presa; reso
rit; ritiri; nouto; nouda; haku; palautus; noutotilaus; keruu; avhamtning; upphamtning
""")

#: One letter as it is used in two-letter pairs: (delivery, collection) by language.
LETTER_PAIRS = (
    ("d", "p"), ("d", "c"), ("l", "a"), ("z", "a"), ("l", "e"), ("l", "r"), ("l", "o"), ("b", "o"), ("b",
    "a"),
    ("l", "p"), ("e", "r"), ("e", "l"), ("e", "c"), ("c", "r"), ("c", "p"), ("t", "n"), ("j", "n"), ("d",
    "r"),
    ("s", "p"), ("l", "h"), ("a", "h"), ("d", "e"), ("e", "d"), ("d", "a"),
)  # fmt: skip

YES = _words("""
yes; y; true; t; 1; x; ja; j; wahr; oui; o; vrai; si; s; vero; verdadero; sim; verdadeiro; kylla; k; tosi
on; checked; ok; ✓; ✔
vraie; waar; echt; aan; +
""")
NO = _words("""
no; n; false; f; 0; nein; falsch; non; faux; nee; onwaar; niet; nao; falso; ei; e; epatosi; off; unchecked
-; –; none
""")

LOW = _words("""
low; lo; l; lowest; optional; minor; niedrig; gering; tief; nachrangig; unwichtig; niedrige; basse; bas
faible; b
laag; lage; baixa; baixo; baja; bajo; bassa; basso; matala; alhainen; pieni; economy; eco; flexible
can wait; nice to have
""")
NORMAL = _words("""
normal; medium; med; m; mid; standard; std; default; regular; mittel; normale; moyenne; moyen; normaal
gemiddeld; middel
media; medio; normaali; keskitaso; tavallinen; perus; n; average; ordinary; standaard; estandar; padrao; 0
""")
HIGH = _words("""
high; hi; h; hoch; hohe; wichtig; important; haute; haut; elevee; eleve; forte; hoog; hoge; belangrijk; alta
alto
importante; elevata; elevato; elevada; elevado; korkea; suuri; tarkea; priority; prio; vip; major
high priority
""")
CRITICAL = _words("""
critical; crit; c; urgent; very high; highest; express; rush; asap; emergency; top; must; mandatory; blocker
immediate
kritisch; dringend; dringlich; eilig; sehr hoch; sofort; eilt; notfall; hochste; expres; pflicht; kritische
critique; urgente; tres haute; tres elevee; immediat; imperatif; prioritaire; kritiek; spoed; zeer hoog
met spoed
critica; critico; muito alta; maxima; maximo; urgencia; muy alta; altissima; molto alta; massima; tassativa
kriittinen; kiireellinen; kiire; erittain korkea; heti; valiton; pakollinen; 24h
""")

#: Folded parts of what a shop calls payment in cash at the door. A whole word, or a longer part of one.
CASH_ON_DELIVERY = _words("""
cod; cash on delivery; cashondelivery; cash_on_delivery; collect on delivery; nachnahme; per nachnahme
barnachnahme
barzahlung bei lieferung; bar bei lieferung; barzahlung; zahlung bei lieferung; contre remboursement
contre-remboursement; paiement a la livraison; payer a la livraison; especes a la livraison; rembours
onder rembours
betaling bij levering; contant bij levering; betalen bij aflevering; contra reembolso; contrareembolso
contra-reembolso
reembolso; pago contra entrega; contraentrega; pago a la entrega; contrassegno; in contrassegno
pagamento alla consegna
a cobranca; cobranca; envio a cobranca; pagamento na entrega; contra entrega; postiennakko; jalkivaatimus
kateinen toimituksessa; maksu toimituksen yhteydessa; maksu toimitettaessa
""")

#: What stands in a cell of requirements when there are none.
NOTHING = _words("""
none; no; n/a; na; nothing; keine; kein; nein; ohne; nichts; aucun; aucune; neant; non; rien; geen; nee; nvt; n.v.t
ninguno; ninguna; nada; nessuno; nessuna; niente; nenhum; nenhuma; nao; ei; ei mitaan; 0
""") | {""}
