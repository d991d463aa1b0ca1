"""Words that make a row something else than an order: totals, ends of lists, page heads. Folded."""

from __future__ import annotations

#: First word of a row of totals.
TOTALS = frozenset(
    """
    total totals totaal totale totali totaux summe gesamt gesamtsumme endsumme zwischensumme subtotal subtotals
    sum sums somme soma suma somma yhteensa yht kokonaissumma valisumma sous-total subtotale subtotaal uebertrag
    ubertrag grand insgesamt totalt tot summary ergebnis gesamtergebnis anzahl count importe-total sous
    eindtotaal algemeen
    """.split()
)

#: Beginnings of rows that close a list or a page, or tell where it comes from.
CLOSINGS = (
    "end of", "ende der", "ende des", "fin de", "fine ", "fim d", "einde", "loppu", "eof", "page ", "seite ",
    "pagina ", "sivu ", "printed", "gedruckt", "imprime", "impreso", "stampato", "afgedrukt", "tulostettu",
    "created by", "erstellt", "genere", "generado", "generato", "gegenereerd", "luotu", "exported",
    "exportiert", "legend",
    "hinweis:", "note:", "stand:", "bitte ", "datensatze", "satze", "records", "rows selected", "end", "ende",
    "fin", "fine", "fim", "emitido", "impresso", "gerado", "anzahl ", "number of ", "numero de ", "aantal ",
    "nombre de ", "numero di ", "rivit yhteensa", "elenco ", "lista ", "liste ",
)  # fmt: skip

#: What spreadsheets show where a formula failed.
FORMULA_ERRORS = frozenset(
    """
    #N/A #NV #REF! #BEZUG! #VALUE! #WERT! #NAME? #NULL! #NUM! #ZAHL! #DIV/0! #VALEUR! #NOMBRE! #NOM? #¡REF! #¡VALOR!
    #¿NOMBRE? #N/D #RIF! #VALORE! #NOME? #VERW! #WAARDE! #NAAM? #PUUTTUU! #VIITTAUS! #ARVO! #NIMI? #GETTING_DATA
    """.split()
)
