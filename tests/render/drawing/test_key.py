"""The key at the foot."""

from pipeline.config.language import english
from pipeline.render.drawing.key import ENTRIES, entries_of


def test_signs_of_one_meaning_share_their_words():
    (held,) = entries_of({"held", "thick"}, english())
    assert list(held.signs) == [*ENTRIES["held"].signs, *ENTRIES["thick"].signs]
    assert held.words == english()("key.held")


def test_every_entry_is_told_by_its_words_and_its_signs():
    say = english()
    told = entries_of(set(ENTRIES), say)
    assert len({entry.words for entry in told}) == len(told)
    for entry in told:
        meant = {sign for each in ENTRIES.values() if say(f"key.{each.words}") == entry.words for sign in each.signs}
        assert set(entry.signs) == meant
        assert len(entry.signs) == len(meant)


def test_nothing_is_explained_that_was_not_asked_for():
    assert entries_of(set(), english()) == []
    assert [entry.words for entry in entries_of({"network"}, english())] == [english()("key.network")]
