"""Months, days and relative days, folded, in all languages of the product."""

from __future__ import annotations

_MONTHS = """
january jan januar janner janvier janv januari gennaio gen enero ene janeiro tammikuu tammikuuta tammi
february feb februar fevrier fevr fev februari febbraio febbr febrero fevereiro helmikuu helmikuuta helmi
march mar marz mrz maerz mars maart mrt marzo marco maaliskuu maaliskuuta maalis
april apr avril avr aprile abril abr huhtikuu huhtikuuta huhti
may mai mei maggio mag mayo maio toukokuu toukokuuta touko
june jun juni juin giugno giu junio junho kesakuu kesakuuta kesa
july jul juli juillet juil luglio lug julio julho heinakuu heinakuuta heina
august aug aout augustus agosto ago ag elokuu elokuuta elo
september sep sept septembre settembre sett set septiembre setembro syyskuu syyskuuta syys
october oct oktober okt octobre ottobre ott octubre outubro out lokakuu lokakuuta loka
november nov novembre noviembre novembro marraskuu marraskuuta marras
december dec dezember dez decembre dicembre dic diciembre dezembro joulukuu joulukuuta joulu
"""

#: Folded name or abbreviation → 1 … 12.
MONTHS = {name: month for month, line in enumerate(_MONTHS.strip().splitlines(), 1) for name in line.split()}

#: Words inside a date that say nothing the figures do not: weekdays, links, endings of ordinals.
FILLERS = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mer jeu ven sam dim ma me je ve
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag wo vr za zo maa din woe don vri zat zon
    lunedi martedi mercoledi giovedi venerdi sabato domenica gio sab dom lu gi
    lunes martes miercoles jueves viernes sabado domingo mie jue vie x j v s d l m
    segunda terca quarta quinta sexta feira seg ter qua qui sex
    maanantai tiistai keskiviikko torstai perjantai lauantai sunnuntai maanantaina tiistaina keskiviikkona
    torstaina perjantaina lauantaina sunnuntaina ti ke to pe la su
    st nd rd th er eme de del di da do du den der am le il el o of on the a e kl klo
    """.split()
)

#: Days named by their distance from today. Only words that mean nothing else in a column of dates.
RELATIVE = (
    dict.fromkeys("today heute aujourd'hui vandaag hoy oggi hoje tanaan".split(), 0)
    | dict.fromkeys("tomorrow morgen demain manana domani amanha huomenna".split(), 1)
    | dict.fromkeys(("ubermorgen", "overmorgen", "apres-demain", "dopodomani", "ylihuomenna"), 2)
)
