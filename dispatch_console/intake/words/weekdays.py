"""Days of the week, folded, Monday first, in all languages of the product."""

from __future__ import annotations

_DAYS = """
monday mon mo montag lundi lun lu maandag maa ma segunda segunda-feira seg lunes lunedi maanantai 1
tuesday tue tu tues dienstag di mardi mar dinsdag din terca terca-feira ter martes martedi tiistai ti 2
wednesday wed mittwoch mi mercredi mer me woensdag wo quarta quarta-feira qua miercoles mercoledi keskiviikko ke 3
thursday thu donnerstag do jeudi jeu je quinta quinta-feira qui jueves jue giovedi gio torstai to 4
friday fri fr freitag vendredi ven ve vrijdag vrij vr sexta sexta-feira sex viernes vie venerdi perjantai pe 5
saturday sat sa samstag sonnabend samedi sam zaterdag zat za sabado sab sabato lauantai la 6
sunday sun su sonntag so dimanche dim zondag zon zo domingo dom domenica sunnuntai 7
"""

WEEKDAYS = {name: day for day, line in enumerate(_DAYS.strip().splitlines()) for name in line.split()}

EVERY_DAY = frozenset(
    "daily taglich tous quotidien dagelijks diario giornaliero joka paivittain all alle todos tutti".split()
)
WORKDAYS = frozenset(
    "workdays weekdays werktags werktage ouvres werkdagen laborables uteis feriali arkisin arkipaivat".split()
)
