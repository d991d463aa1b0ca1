"""Words around times of day, folded, in all languages of the product. Longer phrases win over shorter ones."""

from __future__ import annotations

#: The time that follows is a start without an end.
OPEN = """
from; after; starting; since; not before; no earlier than; earliest; as of; from about; von; ab; nach; seit;
fruhestens; nicht vor; erst ab; ab ca; a partir de; a partir du; a partir des; apres; des; depuis;
au plus tot; pas avant; de; du; vanaf; na; van; niet voor; op zijn vroegst; a partir das; a partir da; apos;
depois das; depois da; depois de; desde as; desde; das; da; do; nao antes das; a partir de las;
a partir de la; despues de las; despues de la; despues de; desde las; desde la; no antes de las; dalle;
dalle ore; dopo le; dopo; a partire dalle; dopo l'; dall'; non prima delle; dalla; klo alkaen; aikaisintaan;
ei ennen
"""

#: The time that follows ends the window.
CLOSE = """
to; until; till; till about; through; before; by; latest; no later than; not after; up to; at the latest;
bis; vor; spatestens; bis spatestens; bis zu; bis ca; nicht nach; hochstens bis; bis um; jusqu'a; jusque;
avant; au plus tard; pas apres; au plus tard a; tot; voor; uiterlijk; tot en met; t/m; niet na;
tot uiterlijk; ate; ate as; antes das; antes da; antes de; o mais tardar; nao depois das; hasta; hasta las;
hasta la; antes de las; antes de la; a mas tardar; no despues de las; fino alle; fino a; prima delle;
prima di; entro le; entro; non dopo le; al piu tardi; entro l'; prima dell'; ennen; ennen klo; viimeistaan;
-
"""

#: Between two times: as CLOSE, but saying nothing before the first one.
LINK = "a; as; alle; a las; a la; all'; al; e as; ás; à; y"

#: The time that follows begins a window whose end comes after AND.
BETWEEN = """
between; zwischen; zw; zw.; entre; entre las; entre la; entre as; tra; tra le; fra; fra le; tussen;
in between; valilla
"""

#: After BETWEEN these join the two times; otherwise they separate two windows.
AND = """
and; und; u.; et; y; e; en; ja; sowie; as well as; or; oder; ou; o; of; tai; y de; and from; und von;
et de
"""

#: After a time (Finnish puts these words behind it).
OPEN_AFTER = (
    "jalkeen; alkaen; lahtien; onwards; and later; or later; et plus tard; y mas tarde; e piu tardi; eteenpain"
)
CLOSE_AFTER = "mennessa; asti; saakka; at the latest; or earlier; spatestens"

#: Words that say nothing here.
FILLERS = """
valisena; uhr; uhrzeit; h; hrs; hr; hours; o'clock; oclock; heure; heures; hora; horas; ore; ora; uur; uren;
klo; kello; klo.; u; las; la; le; les; los; il; l; the; at; in the; in; um; gegen; ca; circa; about; around;
approx; env; vers; alrededor; de la; del; por la; pela; da parte da; am; an; on; per; op; om; rond; noin;
sobre; verso; nel; di; der; den; die; valilla; aikana; klockan; time; zeit; delivery; lieferung; livraison;
entrega; consegna; levering; toimitus; window; mo; mi; do; fr; sa; so; mon; tue; wed; thu; fri; sat; sun;
montag; dienstag; mittwoch; donnerstag; freitag; samstag; lundi; mardi; mercredi; jeudi; vendredi; samedi;
lunes; martes; miercoles; jueves; viernes; sabado; lunedi; martedi; mercoledi; giovedi; venerdi; sabato;
maandag; dinsdag; woensdag; donderdag; vrijdag; zaterdag; maanantai; tiistai; keskiviikko; torstai;
perjantai; lauantai; segunda; terca; quarta; quinta; sexta; feira; monday; tuesday; wednesday; thursday;
friday; saturday; sonntag; sunday; nur; only; bitte; please; seulement; solo; sólo; somente; alleen; vain;
orario; horario; horaire; horaires; creneau; fascia; franja; zeitfenster; fenster; tijdvak; bezorging; n.;
hs; hs.; kl
"""

MORNING = """
morning; in the morning; mornings; forenoon; am; vormittag; vormittags; morgens; fruh; fruhmorgens;
am vormittag; am morgen; matin; le matin; matinee; dans la matinee; en matinee; ochtend; 's ochtends;
ochtends; 's morgens; voormiddag; in de ochtend; manha; de manha; pela manha; manana; por la manana;
de la manana; mananas; mattina; mattino; di mattina; al mattino; mattinata; in mattinata; aamu; aamulla;
aamupaiva; aamupaivalla; aamuisin; a.m.
"""

AFTERNOON = """
afternoon; in the afternoon; afternoons; pm; nachmittag; nachmittags; am nachmittag; apres-midi; apres midi;
l'apres-midi; namiddag; 's middags; middag; middags; in de middag; tarde; a tarde; de tarde; da tarde;
pela tarde; por la tarde; de la tarde; tardes; pomeriggio; di pomeriggio; nel pomeriggio; iltapaiva;
iltapaivalla; p.m.; ip
"""

EVENING = """
evening; in the evening; evenings; tonight; night; abend; abends; am abend; soir; le soir; en soiree;
soiree; avond; 's avonds; avonds; in de avond; noite; a noite; de noite; noche; por la noche; de la noche;
sera; di sera; serale; in serata; ilta; illalla; iltaisin
"""

NOON = """
noon; midday; mittag; mittags; midi; mezzogiorno; mediodia; meio-dia; meio dia; keskipaiva; 12 noon; 12noon
"""
MIDNIGHT = """
midnight; mitternacht; minuit; mezzanotte; medianoche; meia-noite; meia noite; middernacht; keskiyo
"""

ALL_DAY = """
all day; whole day; any time; anytime; any; always; flexible; no preference; none; n/a; na; open; 24h; 24/7;
24 h; day; no restriction; no window; business hours; not specified; unspecified; ganztagig; ganztags;
ganzer tag; den ganzen tag; egal; jederzeit; beliebig; flexibel; keine; kein; keine angabe; k.a.; k. a.;
offen; ohne; immer; ganztagig moglich; toute la journee; journee; journee entiere; la journee; indifferent;
n'importe quand; peu importe; libre; aucun; aucune; a tout moment; sans contrainte; tous horaires; hele dag;
de hele dag; gehele dag; altijd; maakt niet uit; geen voorkeur; willekeurig; geen; n.v.t.; nvt; o dia todo;
dia todo; todo o dia; dia inteiro; qualquer hora; qualquer horario; a qualquer hora; indiferente;
sem preferencia; livre; nenhum; nenhuma; todo el dia; el dia completo; dia completo; cualquier hora;
a cualquier hora; cualquiera; sin preferencia; sin horario; ninguno; ninguna; tutto il giorno;
tutta la giornata; giornata intera; intera giornata; qualsiasi; qualsiasi ora; qualunque ora; indifferente;
sempre; nessuna; nessuna preferenza; libero; koko paiva; koko paivan; milloin vain; milloin tahansa; vapaa;
joustava; ei valia; ei; by arrangement; to be arranged; tba; tbd; tbc; nach absprache; nach vereinbarung;
n. v.; n.v.; telefonisch; sur rendez-vous; sur rdv; a convenir; su appuntamento; da concordare; in overleg;
op afspraak; a combinar; por marcacion; sopimuksen mukaan; sovittava; office hours; zu geschaftszeiten;
wahrend geschaftszeiten
"""


def phrases(text: str) -> tuple[str, ...]:
    """The entries of a list above."""
    return tuple(phrase.strip() for line in text.splitlines() for phrase in line.split(";") if phrase.strip())
