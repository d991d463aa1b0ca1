"""The region pack in use: its roads are the ones that new days are reckoned with."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dispatch_console.domain.errors import UserError
from dispatch_console.roads import providers
from dispatch_console.roads.engine import provider
from dispatch_console.roads.engine.client import Engine
from dispatch_console.roads.pack import folder as folders
from dispatch_console.roads.pack.manifest import ADDRESSES, BASE, MAP, Manifest, check_hashes
from dispatch_console.roads.providers import Provider
from dispatch_console.services.regions import online
from dispatch_console.services.regions.online import cache_folder


@dataclass(frozen=True, slots=True)
class Pack:
    """An open pack."""

    folder: Path
    manifest: Manifest
    engine: Engine
    registered: tuple[Provider, ...] = ()

    def provider(self, klass: str) -> str:
        """The name of its roads for a class: one there are roads for, else UserError."""
        known = self.manifest.classes
        if klass not in known:
            offer = f"Choose of: {', '.join(known)}." if known else "Build it again with roads."
            raise UserError(f"{self.folder} has no roads for a {klass}. {offer}")
        return self.engine.provider(klass)


def open_pack(folder: Path, cache: Path | None = None, proven_for: str = "") -> Pack:
    """Open a pack and register its roads as providers. `cache`: where matrices are kept, of the user's by default.
    `proven_for`: a class; then all that is read for it is first compared with what was built.

    Raises UserError for a folder that is no pack, or one that this version cannot use. Nothing is registered then:
    roads of the same name may be in use.
    """
    folder = folder.expanduser().absolute()
    with suppress(OSError):  # then it is no pack, as is said next
        folders.recover(folder)
    engine = Engine(folder, cache or cache_folder())
    if proven_for:
        try:
            _prove(engine, class_of(engine.manifest, proven_for))
        except BaseException:
            engine.close()
            raise
    registered = tuple(provider.of(engine, klass) for klass in engine.manifest.classes)
    for one in registered:
        providers.register(one)
    return Pack(folder, engine.manifest, engine, registered)


def class_of(held: Manifest, wanted: str) -> str:
    """The class that is reckoned for: the one that is wanted if there are roads for it, else the first there is."""
    return wanted if wanted in held.classes else next(iter(held.classes), wanted)


def _prove(engine: Engine, klass: str) -> None:
    """The engine compares its own files when it opens them: here, instead of at the first question."""
    held = engine.manifest
    for name in (ADDRESSES, MAP):
        check_hashes(engine.folder, held, name)
    roads = held.classes.get(klass)
    for bucket in roads.sets if roads is not None else ():
        if roads is not None and bucket != BASE:
            engine.legs(klass, [(roads.hub, roads.hub)], bucket)


def close_pack(pack: Pack) -> None:
    """Its roads are not there any more, and no file of it is open."""
    for one in pack.registered:
        providers.unregister(one)
    pack.engine.close()


@contextmanager
def roads(words: str, klass: str = "van", cache: Path | None = None) -> Generator[str]:
    """The name of the provider that `words` mean: that of a provider, a service on the net (`kind` or `kind:URL`),
    or the folder of a pack; the latter two are open as long as this lasts. Raises UserError."""
    service = None if Path(words).is_dir() else online.parse(words, klass)
    if service is not None:
        opened = online.open_service(service, cache or cache_folder())
        online.answer(opened)
        try:
            yield opened.roads
        finally:
            online.close_service(opened)
        return
    folder = Path(words)
    if not folder.is_dir():
        yield providers.provider(words).name
        return
    pack = open_pack(folder, cache)
    try:
        yield pack.provider(klass)
    finally:
        close_pack(pack)
