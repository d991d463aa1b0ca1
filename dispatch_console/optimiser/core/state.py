"""Where a compiled search stands: rows of integers for nodes and routes, and what one search needs beside them.

A node is a task, or the start or the end of a route: task i is node i, the start of route r is node n + r, its end
n + R + r. A node's row fills one cache line. A gap is named by the node behind it.
"""

from __future__ import annotations

from typing import NamedTuple

from dispatch_console.optimiser.core.compile import Ints

#: More than any time or load in a node's row; sums of two stay in 32 bits.
FAR = 1 << 29
#: Costs are counted in parts of a cent, so that seconds and metres need no rounding: a cent has so many parts.
CENT = 3_600_000
#: Parts of a cent: a second at one cent an hour, a metre at one cent a kilometre.
SECOND, METRE = 1000, 3600
#: More than any cost.
NO_COST = 1 << 62

#: A node. `ROUTE`: −1: missing. `AT`: row of the matrices, −1: an open end. `FREE`: when the driver leaves it,
#: without breaks. `LATEST`: until when he may be ready there. `AHEAD`: seconds from then to the end of the route,
#: without waits; `LEAST`: earliest possible end. `LEG`: metres to it. `ROOM_0`: least free room from the start to
#: the gap before it, by measure; `REST_0`: from that gap to the end. `STAYS`: 1: it is not taken out; 2: nor does
#: anything come before it.
(
    NEXT, PREV, ROUTE, AT, FREE, LATEST, AHEAD, LEAST, LEG,
    ROOM_0, ROOM_1, ROOM_2, REST_0, REST_1, REST_2, STAYS,
    NODE_FIELDS,
) = range(17)  # fmt: skip

#: A route. `COST` in parts of a cent; `SINCE`, `UNTIL`: paid time; `SPARE_0`: free room if all is on board at once.
#: What follows is not undone: `OWNER`: who may change it; `TOUCHED`: the round in which it was saved last; `EXACT`:
#: 1: walks have the last word.
(
    COST, COUNT, SINCE, UNTIL, SPARE_0, SPARE_1, SPARE_2, OWNER, TOUCHED, EXACT, ROUTE_FIELDS,
) = range(11)  # fmt: skip

#: A task as `plain` sees it: never harder than it is. Several windows: their rows in `windows`. `PRIZE` in cents.
(
    Q_SERVICE, Q_OPENS, Q_CLOSES, Q_WIN, Q_WINS, Q_DELIVER_0, Q_DELIVER_1, Q_DELIVER_2,
    Q_CHANGE_0, Q_CHANGE_1, Q_CHANGE_2, Q_RANK, Q_HELD, Q_PRIZE, Q_GROUP, Q_SIZE, Q_HOME, Q_AWAY, Q_FIELDS,
) = range(19)  # fmt: skip

#: What matters in a problem (`Ground.flags`): windows or shifts at all; costs by the hour; goods collected beside
#: goods delivered; routes that walks decide about; soft costs by task and van; vans that are dear to use at all.
TIMED, HOURLY, MIXED, RICH, DEAR, USED, FLAGS = range(7)


class Ground(NamedTuple):
    """What never changes. `tasks` … `dear`: see `layout.Layout`. `quick`: tasks by `Q_…`; `fast` (p, p): least
    seconds between places; `into_fast`, `into_metres`: turned round, so that all that is read of a task lies in one
    row (the same arrays where roads are symmetric). `near`: tasks by distance, for taking out; `close`: for putting
    in; `kinds`: vans by kind; all −1 behind the last. `groups`: what goes in one van together, pickups first.
    `sorts`: what tasks are put in order by.
    """

    tasks: Ints
    windows: Ints
    vans: Ints
    seconds: Ints
    bounds: Ints
    metres: Ints
    able: Ints
    dear: Ints
    quick: Ints
    fast: Ints
    into_fast: Ints
    into_metres: Ints
    near: Ints
    close: Ints
    kinds: Ints
    groups: Ints
    sorts: Ints
    flags: Ints


class Stand(NamedTuple):
    """What one search changes. `here`: scalars (`H_…`). `kept`, `kept_routes`: rows of touched routes as they were;
    `touched`: their numbers. `out`: tasks to be put in, `keys` to sort them by; `missing`: tasks without a route;
    `free`: tasks that may be taken out; `best`: `NEXT` of the best state. `marks`: gaps looked at; `bids`: the
    cheapest gaps (cost, gap); `seq`, `told`: for walks;
    `frame`: see `apart.frame`.
    """

    nodes: Ints
    routes: Ints
    here: Ints
    kept: Ints
    kept_routes: Ints
    touched: Ints
    out: Ints
    keys: Ints
    missing: Ints
    free: Ints
    best: Ints
    marks: Ints
    bids: Ints
    seq: Ints
    told: Ints
    frame: Ints


#: Scalars of a search: its random numbers; who it is; rounds so far; missing tasks, by rank from critical on; cost;
#: the same of the best state; how many stand in `missing`, `free`, `kept`, `touched`, `out`; gaps until the next
#: blink; stamps for `marks`; how often the best state got better; whether a rule broke by taking something out;
#: where `frame` lies; whether no idle van may be used in this round; which of
#: `free` the last round was around, −1: they are drawn.
(
    H_RANDOM, H_ME, H_ROUND, H_LOST_3, H_LOST_2, H_LOST_1, H_LOST_0, H_COST,
    H_BEST_3, H_BEST_2, H_BEST_1, H_BEST_0, H_BEST, H_MISSING, H_FREE, H_KEPT, H_TOUCHED, H_OUT,
    H_BLINK, H_STAMP, H_BETTER, H_BROKEN, H_FRAME, H_SHUT, H_TURN, H_FIELDS,
) = range(26)  # fmt: skip
