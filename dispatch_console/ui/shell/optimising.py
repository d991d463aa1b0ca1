"""The two panels of the optimiser: a plan of the whole day in the morning, from now on once vans are out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from dispatch_console.ui.actions import Reason
from dispatch_console.ui.desk import Desk
from dispatch_console.ui.shell.hooks import Scope
from dispatch_console.ui.shell.memory import Memory

if TYPE_CHECKING:
    from dispatch_console.services.planning import Planner
    from dispatch_console.ui.planning import PlanPanel
    from dispatch_console.ui.preview import PreviewPanel
    from dispatch_console.ui.preview.choice import Choice

_CHOICE = "reoptimise/choice"
#: (panel, whether fewer panes may stand beside it, shown): puts a panel at the left edge, or takes it away.
ShowSide = Callable[[QWidget, bool, bool], object]


class Optimising:
    """Makes the panels, and the worker that both use, when they are first wanted. `accepted()`: a plan from now on
    was taken over."""

    def __init__(self, desk: Desk, memory: Memory, show_side: ShowSide, accepted: Callable[[], object]) -> None:
        self._desk, self._memory, self._show_side, self._accepted = desk, memory, show_side, accepted
        self._planner: Planner | None = None
        self._plan: PlanPanel | None = None
        self._preview: PreviewPanel | None = None

    def close(self) -> None:
        """End the worker."""
        if self._planner is not None:
            self._planner.close()

    @property
    def planner(self) -> Planner:
        """The worker of both panels, warm."""
        if self._planner is None:
            from dispatch_console.services.planning import Planner

            self._planner = Planner()
        return self._planner

    @property
    def plan(self) -> PlanPanel:
        """The panel of the morning."""
        if self._plan is None:
            from dispatch_console.ui.planning import PlanPanel

            self._plan = panel = PlanPanel(self._desk, self.planner)
            panel.hide()
            panel.shown.connect(partial(self._show_side, panel, False))
        return self._plan

    @property
    def preview(self) -> PreviewPanel:
        """The panel of the running day."""
        if self._preview is None:
            from dispatch_console.ui.preview import PreviewPanel

            self._preview = panel = PreviewPanel(self._desk, self.planner, self.choice, self._keep)
            panel.hide()
            panel.accepted.connect(self._accepted)
            panel.shown.connect(partial(self._show_side, panel, True))
        return self._preview

    @property
    def choice(self) -> Choice:
        """What a search from now may change, and for how long it goes on: as it was chosen last."""
        from dispatch_console.ui.preview.choice import read

        return read(self._memory.text(_CHOICE))

    def choose(self, choice: Choice) -> None:
        """Another one counts from now on; a preview that is open searches anew."""
        self._keep(choice)
        if self._preview is not None:
            self._preview.choices.take(choice)

    def _keep(self, choice: Choice) -> None:
        self._memory.set_text(_CHOICE, choice.text)

    def optimise(self, scope: Scope, seconds: int) -> None:
        """Raises UserError if there is nothing to plan."""
        panel, other = (self.preview, self.plan) if self._under_way else (self.plan, self.preview)
        if other.run is not None:
            other.leave()
        panel.optimise(scope, seconds)

    def leave(self) -> None:
        """End what is searched or previewed: another plan comes on the screen."""
        for panel in (self._plan, self._preview):
            if panel is not None and panel.run is not None:
                panel.leave()

    def why_not(self, scope: Scope) -> Reason:
        """Why `optimise` cannot do that now; None: it can, as far as is known before the panels are made."""
        if not self._desk.day.stops:
            return "There are no orders on this day yet. Import some first."
        return None if self._plan is None else self._plan.why_not(scope)

    @property
    def _under_way(self) -> bool:
        from dispatch_console.services.preview import under_way

        return under_way(self._desk.day, self._desk.now)
