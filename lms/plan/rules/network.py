"""A table with margins as a network of flows, and how far an outsider can narrow a hidden value. Pure.

Rows, columns and totals that add up are a circulation: each figure is an arc, each sum a node
where as much enters as leaves. The values that a hidden figure may take, given all published ones,
are then found exactly by pushing flow around cycles (integer, no linear programme needed). See
Cox, "Network models for complementary cell suppression", JASA 90 (1995).
"""

import heapq
import math
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

UNBOUNDED = 10**9
Path = list[tuple[int, int]]


@dataclass
class Network:
    """Arcs by number, from a tail to a head; ``around`` lists each node's arcs and their sense."""

    tails: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    around: list[list[tuple[int, int]]] = field(default_factory=list)

    def add_node(self) -> int:
        self.around.append([])
        return len(self.around) - 1

    def add_arc(self, *, tail: int, head: int) -> int:
        number = len(self.tails)
        self.tails.append(tail)
        self.heads.append(head)
        self.around[tail].append((number, 1))
        self.around[head].append((number, -1))
        return number

    def end(self, *, arc: int, sense: int) -> int:
        """The node one comes to along the arc (1) or against it (-1)."""
        return self.heads[arc] if sense > 0 else self.tails[arc]


@dataclass
class Layer:
    """What an outsider knows of one table: true values, what is not given exactly, and its bounds.

    ``low`` and ``high`` bound the figures in ``hidden`` as published (a range has narrow ones);
    ``hidden_low`` and ``hidden_high`` those that a figure has once it is hidden altogether.
    ``cost`` of hiding it; infinite where it must not be. ``hide`` hides it altogether.
    """

    network: Network
    values: list[int]
    low: list[int]
    high: list[int]
    hidden_low: list[int]
    hidden_high: list[int]
    hidden: set[int]
    cost: list[float]
    hide: Callable[[int], None]
    near: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    """Narrower bounds that an outsider takes from earlier releases, by arc."""

    def clip(self, *, arc: int, low: int, high: int) -> tuple[int, int]:
        """Bounds as far as earlier releases allow."""
        nearest, farthest = self.near.get(arc, (low, high))
        return max(low, nearest), min(high, farthest)

    def clipped(self) -> "Layer":
        """With ``near`` in all bounds."""
        for arc in self.near:
            for lows, highs in ((self.low, self.high), (self.hidden_low, self.hidden_high)):
                lows[arc], highs[arc] = self.clip(arc=arc, low=lows[arc], high=highs[arc])
        return self

    def room(self, *, arc: int, sense: int, moved: dict[int, int]) -> int:
        """By how much the arc's value can move in that sense as things are published now."""
        if arc not in self.hidden:
            return 0
        value = self.values[arc] + moved.get(arc, 0)
        return self.high[arc] - value if sense > 0 else value - self.low[arc]

    def room_if_hidden(self, *, arc: int, sense: int, moved: dict[int, int]) -> int:
        """The same once it is hidden altogether."""
        value = self.values[arc] + moved.get(arc, 0)
        return self.hidden_high[arc] - value if sense > 0 else value - self.hidden_low[arc]


def widen(*, layer: Layer, arc: int, target: int) -> int:
    """Width of the values that ``arc`` may take, up to ``target``; hides more figures if it must.

    Free movements come first. Less than ``target`` means that hiding cannot protect the figure.
    """
    width = 0
    moved: dict[int, dict[int, int]] = {1: {}, -1: {}}
    for search in (_free_path, _cheapest_path):
        for sense in (1, -1):
            while width < target:
                step = _push(
                    layer=layer, arc=arc, sense=sense, moved=moved[sense], most=target - width, search=search
                )
                if not step:
                    break
                width += step
        if width >= target:
            break
    return width


Search = Callable[..., Path | None]


def _push(*, layer: Layer, arc: int, sense: int, moved: dict[int, int], most: int, search: Search) -> int:
    """Moves ``arc`` once around the best cycle and returns by how much; 0 when there is none."""
    own = min(most, layer.room(arc=arc, sense=sense, moved=moved))
    if own <= 0:
        return 0
    start = layer.network.end(arc=arc, sense=sense)
    goal = layer.network.end(arc=arc, sense=-sense)
    path = search(layer=layer, start=start, goal=goal, skip=arc, moved=moved)
    if path is None:
        return 0
    for other, its_sense in path:
        if layer.room(arc=other, sense=its_sense, moved=moved) <= 0:
            layer.hide(other)
    step = min(own, *(layer.room(arc=a, sense=s, moved=moved) for a, s in path)) if path else own
    for a, s in [(arc, sense), *path]:
        moved[a] = moved.get(a, 0) + s * step
    return step


def _free_path(*, layer: Layer, start: int, goal: int, skip: int, moved: dict[int, int]) -> Path | None:
    """The shortest way through figures that are hidden already."""
    came: dict[int, tuple[int, int, int]] = {}
    queue = deque([start])
    while queue and goal not in came:
        node = queue.popleft()
        for arc, sense in layer.network.around[node]:
            if arc == skip or arc not in layer.hidden:
                continue  # the cheap test first: most figures are published
            beyond = layer.network.end(arc=arc, sense=sense)
            if beyond in came or beyond == start or layer.room(arc=arc, sense=sense, moved=moved) <= 0:
                continue
            came[beyond] = (node, arc, sense)
            queue.append(beyond)
    return _path_back(came=came, start=start, goal=goal)


def _cheapest_path(*, layer: Layer, start: int, goal: int, skip: int, moved: dict[int, int]) -> Path | None:
    """The way that hides least (Dijkstra); ties are broken by number, so that the result is stable."""
    best = {start: 0.0}
    came: dict[int, tuple[int, int, int]] = {}
    heap = [(0.0, start)]
    while heap:
        cost, node = heapq.heappop(heap)
        if node == goal:
            break
        if cost > best[node]:
            continue
        for arc, sense in layer.network.around[node]:
            if arc == skip:
                continue
            price = 0.0
            if layer.room(arc=arc, sense=sense, moved=moved) <= 0:
                price = layer.cost[arc]
                if math.isinf(price) or layer.room_if_hidden(arc=arc, sense=sense, moved=moved) <= 0:
                    continue
            beyond = layer.network.end(arc=arc, sense=sense)
            if cost + price < best.get(beyond, math.inf):
                best[beyond] = cost + price
                came[beyond] = (node, arc, sense)
                heapq.heappush(heap, (cost + price, beyond))
    return _path_back(came=came, start=start, goal=goal)


def _path_back(*, came: dict[int, tuple[int, int, int]], start: int, goal: int) -> Path | None:
    if goal == start:
        return []
    if goal not in came:
        return None
    path, node = [], goal
    while node != start:
        node, arc, sense = came[node]
        path.append((arc, sense))
    return path[::-1]
