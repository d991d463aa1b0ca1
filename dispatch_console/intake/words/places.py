"""What lists of vehicles write for "back to where the tour began". Folded."""

from __future__ import annotations

AS_START = frozenset(
    entry.strip()
    for entry in """
    same; same as start; as start; like start; start; = start; return to start; back to start; idem; ditto; dito
    ebenso; "
    wie start; wie startort; gleich; gleicher ort; s. start; siehe start; identisch; comme depart
    comme le depart; identique
    meme; meme lieu; idem depart; zoals start; zelfde; hetzelfde; gelijk aan start; als start; igual
    igual ao inicio
    mesmo; mesmo local; como inicio; igual inicio; como partida; igual a partida; igual que inicio
    igual que salida; mismo
    mismo lugar; como salida; como partenza; uguale; stesso; stesso luogo; come partenza; come inizio
    uguale a partenza
    sama; sama kuin lahto; sama kuin alku; kuten lahto; kuten alku; sama kuin aloitus; ks. lahto
    """.replace("\n", ";").split(";")
    if entry.strip()
)
