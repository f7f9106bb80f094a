"""Which runs a page of sliders has, and at which values of which keys."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.config.language import Language
from pipeline.sweep.compared.arrangement import FULL
from pipeline.sweep.compared.crossing import distinct, left_out, swept_keys, thinned
from pipeline.sweep.compared.entries import COMPARED, Entry, language_of_runs
from pipeline.sweep.compared.spoken import label_of, spoken_names
from pipeline.sweep.compared.values import Value, is_number, value_words
from pipeline.sweep.key_names import is_seed

MOST_RUNS = 60
MOST_NEURONS = 300 * MOST_RUNS  # of all runs together: a page of 300 each has some 12 MB
UNDRAWN = 60  # neurons of a run whose config does not say how many
RUN = "run"  # the one slider over runs that make no grid
SHOWN_AS = "theme", "video", "scene", "timing", "frames", "embed", "language"  # groups that change no run

Place = tuple[int, ...]  # the number of its value, key by key


@dataclass(frozen=True)
class Slider:
    """A swept key: what it is called, its values in order, and whether they are numbers rather than choices."""

    key: str
    name: str
    values: tuple[str, ...]
    counts: bool


@dataclass(frozen=True)
class Grid:
    """Sliders, and by their place what was tried there: a run that is done, or else one that is not; notes: in words,
    what is left out.
    """

    sliders: Sequence[Slider]
    tried: Mapping[Place, Entry]
    notes: Sequence[str]

    @property
    def shown(self) -> dict[Place, Entry]:
        """By place, the runs that a page can show."""
        return {place: entry for place, entry in self.tried.items() if entry.has_run}

    @property
    def places(self) -> list[Place]:
        """All places of the grid, where nothing was tried among them."""
        every: list[Place] = [()]
        for slider in self.sliders:
            every = [(*place, number) for place in every for number in range(len(slider.values))]
        return every


def grid_of(entries: Sequence[Entry]) -> Grid | None:
    """The grid of a sweep; None where fewer than two runs can be shown.

    Keys that change no run have no slider; runs that fill less than FULL of a grid, as those of a random search, stand
    in a row.
    """
    if sum(entry.has_run for entry in entries) < 2:
        return None
    keys = [key for key in swept_keys(entries) if key.split(".")[0] not in SHOWN_AS]
    values = {key: distinct(entries, key) for key in keys}
    at = _at(entries, values)
    size = 1
    for each in values.values():
        size *= len(each)
    if len(keys) > 1 and len(at) < FULL * size:
        return _in_a_row(entries, keys)
    return _crossed(at, values, language_of_runs(entries)) if size > 1 else None


def _at(entries: Sequence[Entry], values: Mapping[str, Sequence[Value]]) -> dict[tuple[Value, ...], Entry]:
    """By their values of the keys, the first entry that can be shown, or else the first."""
    at: dict[tuple[Value, ...], Entry] = {}
    for entry in entries:
        place = tuple(entry.values[key] for key in values)
        if place not in at or (entry.has_run and not at[place].has_run):
            at[place] = entry
    return at


def _crossed(
    at: Mapping[tuple[Value, ...], Entry], values: Mapping[str, Sequence[Value]], say: Language
) -> Grid | None:
    kept = {key: list(each) for key, each in values.items()}
    while not _fits(_within(at, kept)):
        longest = _next_to_thin(kept)
        kept[longest] = thinned(values[longest], len(kept[longest]) - 1)
    chosen = _within(at, kept)
    names = spoken_names(values, say)
    sliders = [
        Slider(key, names[key], tuple(map(value_words, each)), all(map(is_number, each))) for key, each in kept.items()
    ]
    notes = [left_out(key, values[key], each, say) for key, each in kept.items()]
    places = {pair: tuple(kept[key].index(one) for key, one in zip(kept, pair, strict=True)) for pair in chosen}
    grid = Grid(sliders, {places[pair]: entry for pair, entry in chosen.items()}, [note for note in notes if note])
    return grid if len(grid.shown) > 1 else None


def _within(
    at: Mapping[tuple[Value, ...], Entry], kept: Mapping[str, Sequence[Value]]
) -> dict[tuple[Value, ...], Entry]:
    """Those of the entries whose values are kept."""
    return {
        pair: entry
        for pair, entry in at.items()
        if all(value in each for value, each in zip(pair, kept.values(), strict=True))
    }


def _next_to_thin(kept: Mapping[str, Sequence[Value]]) -> str:
    """Seeds first, which only repeat; then the key with most values."""
    several = [key for key in kept if len(kept[key]) > 1]
    return max(several, key=lambda key: (is_seed(key), len(kept[key])))


def _fits(chosen: Mapping[tuple[Value, ...], Entry]) -> bool:
    shown = [entry for entry in chosen.values() if entry.has_run]
    return len(shown) < 2 or (len(shown) <= MOST_RUNS and sum(map(_neurons, shown)) <= MOST_NEURONS)


def _neurons(entry: Entry) -> int:
    """How many a run has, as its manifest says without its config being built."""
    config = entry.manifest["config"]
    recorded = config.get("dynamics", {}).get("path")
    return UNDRAWN if recorded else int(config.get("init", {}).get("width") or UNDRAWN)


def _in_a_row(entries: Sequence[Entry], keys: Sequence[str]) -> Grid:
    """Runs that make no grid: along a key that all others follow, or else from least to largest loss; then the rest."""
    say = language_of_runs(entries)
    done = [entry for entry in entries if entry.has_run]
    order = _along(done, keys) or sorted(done, key=lambda entry: float(entry.manifest["final_loss"]))
    most = max(2, min(MOST_RUNS, MOST_NEURONS * len(done) // max(1, sum(map(_neurons, done)))))
    chosen = thinned(order, most)
    others = [entry for entry in entries if not entry.has_run]
    row = [*chosen, *thinned(others, MOST_RUNS)] if others else chosen
    labels = tuple(label_of({key: entry.values[key] for key in keys}, say) for entry in row)
    notes = [] if len(chosen) == len(done) else [say("sliders.some", shown=len(chosen), all=len(done))]
    return Grid(
        [Slider(RUN, say("swept_names.run"), labels, True)], {(k,): entry for k, entry in enumerate(row)}, notes
    )


def _along(done: Sequence[Entry], keys: Sequence[str]) -> list[Entry] | None:
    """The runs by a key of numbers with which those of all other keys only rise, or only fall; None without one."""
    numeric = [key for key in keys if all(is_number(entry.values[key]) for entry in done) and not is_seed(key)]
    for key in numeric:
        order = sorted(done, key=lambda entry: float(entry.values[key] or 0))
        columns = [[float(entry.values[other] or 0) for entry in order] for other in numeric]
        if all(column in (sorted(column), sorted(column, reverse=True)) for column in columns):
            return order
    return None


assert set(SHOWN_AS).isdisjoint(COMPARED)
