"""The flow as SciPy solves it: dense formula, frozen patterns, every event located by the general solver."""

import numpy as np
from scipy.integrate import solve_ivp

from pipeline.model.network import Network

SPEEDS = 1e-9  # what counts as a speed of 0, at a release


class Reference:
    """A network under way: θ = (w, b, v), active (m, N) masks, held (m,) sample or −1, log of (t, kind, i, n)."""

    def __init__(self, network, data):
        self.x, self.y = data.x, data.y
        self.theta = np.concatenate([network.w, network.b, network.v])
        self.active = np.multiply.outer(network.w, data.x) + network.b[:, None] > 0
        self.held = np.full(len(network), -1)
        self.log = []

    def force(self, theta):
        w, b, v = theta.reshape(3, -1)
        return v @ (self.active * (np.multiply.outer(w, self.x) + b[:, None])) - self.y

    def velocity(self, _, theta):
        w, b, v = theta.reshape(3, -1)
        force = self.force(theta)
        slope, height = self.active @ (force * self.x), self.active @ force
        dw, db, dv = -v * slope, -v * height, -(w * slope + b * height)
        for i in np.flatnonzero(self.held >= 0):
            u = self.x[self.held[i]]
            dw[i], db[i] = np.array([1, -u]) * (dw[i] - u * db[i]) / (1 + u * u)
        return np.concatenate([dw, db, dv])

    def speeds(self, theta, i, n):
        """The speed of z_i at sample n with the sample out, and with it in."""
        v, force = theta[2 * len(self.held) + i], self.force(theta)
        others = self.active[i] & (np.arange(len(self.x)) != n)
        out = -v * np.sum(force[others] * (self.x[others] * self.x[n] + 1))
        return out, out - v * force[n] * (1 + self.x[n] ** 2)

    def events(self):
        """(function, kind, neuron, sample) of what can end the present patterns."""
        m, found = len(self.held), []
        for i in range(m):
            if self.held[i] >= 0:
                n = self.held[i]
                for side, direction in ((0, -1), (1, 1)):
                    found.append(
                        (lambda t, y, i=i, n=n, side=side: self.speeds(y, i, n)[side], direction, "release", i, n)
                    )
                continue
            for n in range(len(self.x)):
                direction = -1 if self.active[i, n] else 1
                found.append((lambda t, y, i=i, n=n: y[i] * self.x[n] + y[m + i], direction, "meet", i, n))
        for function, direction, *_ in found:
            function.terminal, function.direction = True, direction
        return found

    def switch(self, t, kind, i, n):
        out, inside = self.speeds(self.theta, i, n)
        if kind == "release":
            self.held[i], self.active[i, n] = -1, abs(inside) < SPEEDS
        elif inside > 0 if not self.active[i, n] else out < 0:
            self.active[i, n], kind = not self.active[i, n], "pass"
        else:
            self.active[i, n], self.held[i], kind = False, n, "hold"
        self.log.append((t, kind, i, n))

    def run(self, times):
        """The networks at times (the first is 0); fills `log`."""
        t, states = 0.0, []
        for end in times:
            while t < end:
                events = self.events()
                solution = solve_ivp(
                    self.velocity,
                    (t, end),
                    self.theta,
                    method="DOP853",
                    rtol=1e-11,
                    atol=1e-13,
                    events=[event[0] for event in events],
                )
                t, self.theta = solution.t[-1], solution.y[:, -1]
                for event, hits in zip(events, solution.t_events, strict=True):
                    if len(hits):
                        self.switch(t, *event[2:])
            states.append(Network(*self.theta.reshape(3, -1).copy()))
        return states
