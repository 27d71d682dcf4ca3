import pytest

from appliance import journal
from appliance.catalog import Catalog


def written(catalog: Catalog, count: int = 5) -> None:
    for number in range(count):
        with catalog.writing() as db:
            journal.append(db, "kind", f"thing/{number}", {"number": number, "名": "值"})


@pytest.mark.clause("W2")
def test_an_untouched_chain_verifies(catalog: Catalog) -> None:
    written(catalog)
    assert journal.verify(catalog.db) == (5, None)
    assert journal.head(catalog.db)[0] == 5


@pytest.mark.clause("W2")
@pytest.mark.fault("H17")
def test_an_edited_entry_is_named(catalog: Catalog) -> None:
    written(catalog)
    catalog.db.execute("update event set data = '{}' where seq = 3")
    assert journal.verify(catalog.db) == (2, 3)


@pytest.mark.fault("H17")
def test_a_deleted_entry_is_named(catalog: Catalog) -> None:
    written(catalog)
    catalog.db.execute("delete from event where seq = 2")
    assert journal.verify(catalog.db) == (1, 2)


@pytest.mark.fault("H17")
def test_a_cut_tail_is_named_by_the_counter_and_by_an_acknowledged_head(catalog: Catalog) -> None:
    written(catalog)
    seen = journal.head(catalog.db)
    catalog.db.execute("delete from event where seq = 5")
    assert journal.verify(catalog.db) == (4, 5)
    catalog.db.execute("update sqlite_sequence set seq = 4 where name = 'event'")
    assert journal.verify(catalog.db) == (4, None)
    assert journal.verify(catalog.db, acknowledged=seen) == (4, 5)


@pytest.mark.fault("H17")
def test_a_rewritten_history_is_caught_by_a_head_that_somebody_saw(catalog: Catalog) -> None:
    written(catalog)
    seen = journal.head(catalog.db)
    catalog.db.execute("delete from event")
    catalog.db.execute("delete from sqlite_sequence where name = 'event'")
    written(catalog, 4)
    with catalog.writing() as db:
        journal.append(db, "kind", "thing/other", {})
    assert journal.verify(catalog.db) == (5, None)
    assert journal.verify(catalog.db, acknowledged=seen) == (4, 5)


def test_an_entry_of_a_rolled_back_transaction_never_was(catalog: Catalog) -> None:
    written(catalog, 1)
    try:
        with catalog.writing() as db:
            journal.append(db, "kind", "thing/x", {})
            raise KeyError
    except KeyError:
        pass
    written(catalog, 1)
    assert journal.verify(catalog.db) == (2, None)
