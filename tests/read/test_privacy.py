from sartor.read.privacy import REMOVED, Door


def test_names_are_cut_out_of_texts_whole_and_word_by_word() -> None:
    door = Door()
    door.keep_out("Mary Long")
    assert door.scrub("asthma of Mary Long, known to Mary") == f"asthma of {REMOVED}, known to {REMOVED}"


def test_a_name_does_not_hide_a_long_qt_interval() -> None:
    door = Door()
    door.keep_out("Mary Long")
    assert door.scrub("Long QT syndrome") == "Long QT syndrome"
    assert door.scrub("Mary Long has long QT") == f"{REMOVED} has long QT"
    assert door.scrub("seen by Long") == f"seen by {REMOVED}"
