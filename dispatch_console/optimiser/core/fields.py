"""Where things stand in the arrays of the compiled search: names for columns, nothing else.

Times are integer seconds of the plan day, lengths metres, money cents, goods in three measures (grams, litres,
pieces). "None" is −1 for indices and `NEVER` for limits, unless a column says otherwise. `…_0` stands for the first
of three columns, one a measure.
"""

from __future__ import annotations

#: A task (row of `tasks`). `AT`: row of the matrices. `OPENS`, `CLOSES`: first and last moment of its windows
#: (−NEVER, NEVER − 1 without); `WIN`, `WINS`: its rows in `windows`. `LATE`: cents a minute late, 0: hard.
#: `DELIVER_0`: on board from the start of its tour; `CHANGE_0`: what is on board more after it, beside those.
#: `PICK`: the task at which its goods come on board (−2: one that cannot stand before it, −3: they did on the
#: tour that its van is on); `GIVES`: 1: it is such a one. `GOODS`, `APART`: bits of its classes, and of those
#: that may not ride with them. `PRIZE`: cents for leaving it out. `PRIOR`, `ETA`: the task before it and its
#: beginning in the published plan (−1: not in it, −2: it was the first); `MOVED`, `MINUTE`: cents if another
#: comes before it, and a minute that it begins earlier or later; `AWAY`: cents if another van has it than `HOME`
#: (−1: none). `FLOOR`: nobody gets there before.
(
    T_AT, T_SERVICE, T_PARKING, T_OPENS, T_CLOSES, T_WIN, T_WINS, T_LATE, T_RELEASE,
    T_DELIVER_0, T_DELIVER_1, T_DELIVER_2, T_CHANGE_0, T_CHANGE_1, T_CHANGE_2,
    T_PICK, T_GOODS, T_APART, T_RANK, T_HELD, T_PRIZE, T_PRIOR, T_ETA, T_MOVED, T_MINUTE,
    T_HOME, T_AWAY, T_GIVES, T_FLOOR,
    T_FIELDS,
) = range(30)  # fmt: skip

#: A van with its driver behind what is over (row of `vans`). `LEAVE`, `RESTED`: when he can leave `START` without
#: and with his break (NEVER: not possible). `END`: −1: open end. `PAID`: start of paid time. `SHIFT_END`: latest
#: end, allowed overtime in it; `OVER_FROM`, `OVER_RATE`: from when overtime counts, cents an hour. `REST_LONG`:
#: −1: no break. `FLOOR`: earliest beginning at the first stop. `LIMIT_0`: may be on board; `PEAK_0`, `LOAD_0`,
#: `HEAD_GOODS`: of the head's tour under way. `HEAD`: stops of the head; `HEAD_M`, `HEAD_S`: driven there.
#: `MOST_STOPS`: behind the head; `MOST_S`, `MOST_M`: of the whole route. `TOURS`: tours that may begin at all,
#: the one under way counted; `DEPOT`: where tours begin; `RELOAD`: seconds there. `DRIVING`: 1: EU driving
#: breaks, with `DRIVE_LIMIT`, `DRIVE_WHOLE`, `DRIVE_FIRST`, `DRIVE_SECOND`; `DRIVEN`, `PART`: its state at
#: `LEAVE`. `BAL_HOURS`, `BAL_STOPS`: cents by hours² and stops². `HEAD_LATE`: cents of lateness in the head.
#: `OUT`: 1: the first tour has left, at `BASE`: releases no longer hold it up. `KIND`: vans of a kind are alike
#: but for what they hold. `PARKED`: where he stands behind the head as long as he has not driven on (−1:
#: nowhere). `HEAD_SOFT`: soft cents of the head. `RESTED_LATE`, `RESTED_S`: seconds later, and driven more, in
#: the head on the way `RESTED`. `PLAIN`: 1: no rules but single hard windows, capacities and sums of the route
#: matter to it in this problem.
(
    V_START, V_END, V_LEAVE, V_RESTED, V_PAID, V_SHIFT_END, V_OVER_FROM, V_OVER_RATE,
    V_REST_LONG, V_REST_FIRST, V_REST_LATEST, V_FLOOR,
    V_LIMIT_0, V_LIMIT_1, V_LIMIT_2, V_PEAK_0, V_PEAK_1, V_PEAK_2, V_LOAD_0, V_LOAD_1, V_LOAD_2,
    V_HEAD_GOODS, V_HEAD, V_HEAD_M, V_HEAD_S, V_MOST_STOPS, V_MOST_S, V_MOST_M,
    V_TOURS, V_DEPOT, V_RELOAD, V_DRIVING, V_DRIVE_LIMIT, V_DRIVE_WHOLE, V_DRIVE_FIRST, V_DRIVE_SECOND,
    V_DRIVEN, V_PART, V_HOUR, V_KM, V_FIXED, V_BAL_HOURS, V_BAL_STOPS, V_HEAD_LATE, V_OUT, V_KIND,
    V_BASE, V_PARKED, V_HEAD_SOFT, V_RESTED_LATE, V_RESTED_S, V_PLAIN,
    V_FIELDS,
) = range(53)  # fmt: skip

#: What a walk tells. Amounts of broken rules are 0 where the rule holds. `O_LATE` is all lateness, `O_WINDOW` that
#: at hard windows; these and `O_SERVICE`, `O_WAIT` are behind the head. `O_COST`, `O_SOFT` as `domain.schedule`
#: counts them; `O_STABLE`: cents for what moved. `O_TOURS`: reloads behind the head. `O_REST_BEFORE`, `O_REST_AT`:
#: before which task of the sequence the break in its window lies (below 0: before none), and when it begins.
(
    O_START, O_END, O_DRIVE_S, O_DRIVE_M, O_SERVICE, O_WAIT, O_LATE, O_COST, O_SOFT, O_STABLE,
    O_LOAD_0, O_LOAD_1, O_LOAD_2, O_STOPS, O_SHIFT, O_BREAK, O_WINDOW, O_PAIR, O_DRIVING, O_DISTANCE,
    O_APART, O_FAR, O_TOURS, O_PAUSES, O_REST_BEFORE, O_REST_AT,
    O_FIELDS,
) = range(27)  # fmt: skip
