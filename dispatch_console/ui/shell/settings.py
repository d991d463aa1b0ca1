"""The page of settings: what each entry shows and changes in the window."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_console.services import connecting, logs, policy, versions
from dispatch_console.ui.shell import commands, planning_actions, signing_in, supporting
from dispatch_console.ui.shell.memory import Memory

if TYPE_CHECKING:  # the page is loaded when it is first shown
    from dispatch_console.ui.incidents.pane import IncidentsPane
    from dispatch_console.ui.settings_page import Choices, SettingsPage
    from dispatch_console.ui.shell.needs import Needs
    from dispatch_console.ui.shell.online_addresses import OnlineAddresses
    from dispatch_console.ui.shell.optimising import Optimising
    from dispatch_console.ui.shell.regional import Regional
    from dispatch_console.ui.shell.window import MainWindow


@dataclass(frozen=True)
class Uses:
    """What of the window the page changes."""

    optimising: Optimising
    incidents: IncidentsPane
    set_tiles: Callable[[str], object]
    regional: Regional
    online: OnlineAddresses


def make_page(window: MainWindow, needs: Needs, uses: Uses) -> SettingsPage:
    """A page that follows the window."""
    from dispatch_console.ui.settings_page import SettingsPage

    desk = window.desk
    page = SettingsPage(_choices(window, needs, uses))
    desk.region_changed.connect(page.region.refresh)
    uses.regional.online.changed.connect(page.online.refresh)
    planning_actions.follow(desk, page)
    return page


def _choices(window: MainWindow, needs: Needs, uses: Uses) -> Choices:
    from dispatch_console.ui.settings_page import AddressDeeds, Choices, StoreDeeds

    desk, memory = window.desk, needs.memory
    return Choices(
        theme=lambda: memory.theme,
        set_theme=lambda theme: window.run_id(f"view.theme_{theme}"),
        seconds=lambda: window.commands.seconds,
        set_seconds=lambda seconds: window.run_id(f"plan.seconds_{seconds}"),
        all_seconds=commands.SECONDS,
        reoptimise=lambda: uses.optimising.choice,
        set_reoptimise=uses.optimising.choose,
        who=needs.who,
        set_who=needs.set_who,
        tiles=lambda: memory.text("map/tiles"),
        set_tiles=uses.set_tiles,
        places=(
            ("Data", needs.store_words, needs.store_folder),
            ("Log", str(logs.folder()), logs.folder()),
            ("Program", versions.told(), None),
        ),
        do=desk.do,
        depot=lambda: desk.day.depot,
        set_depot=needs.set_depot,
        policy=lambda: desk.day.policy,
        set_policy=lambda after, label: policy.change(desk.session, after, label),
        goods=lambda: sorted({one for stop in desk.day.stops.values() for one in stop.goods}),
        usuals=lambda: desk.usuals,
        set_usuals=uses.incidents.change_usuals,
        files=desk.files,
        region=uses.regional.deeds(),
        online=uses.regional.online.deeds(),
        addresses=AddressDeeds(lambda: uses.online.service, uses.online.use, desk.do),
        backups=needs.backing_up.deeds(),
        support=lambda: window.run_id(supporting.ID),
        store=StoreDeeds(
            lambda: signing_in.address(memory),
            lambda address: _use(memory, address),
            connecting.ask_there,
            desk.do,
        ),
    )


def _use(memory: Memory, address: str) -> None:
    """The store of the next start; an address is kept without its password."""
    signing_in.choose(memory, connecting.of_server(address) if address else "")
    memory.flush()
