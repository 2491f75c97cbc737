import math

import numpy as np
import pytest

from sartor.core import (
    Body,
    Candidate,
    GeneCall,
    Interval,
    Lineage,
    Medicine,
    Patient,
    Reading,
    Readout,
    TumorVariant,
    decode,
    encode,
)

PATIENT = Patient(
    id="p",
    genes={"CYP2D6": GeneCall("CYP2D6", "*4/*4", "Poor Metabolizer", "outside", 0.0, ("*4/*68: Poor Metabolizer",))},
    tumor=(TumorVariant("EGFR", "L858R", 0.3, 120),),
    medicines=(Medicine("Lopressor", "metoprolol", "50 mg"),),
    body=Body(age_years=63, allergies=("penicillin",)),
    notes=("no germline VCF was given",),
)


def test_a_view_shows_only_what_is_declared():
    view = PATIENT.view(("genes.CYP2D6", "body.age_years"))
    assert view.gene("CYP2D6").diplotype == "*4/*4"
    assert view.body("age_years") == 63
    for look in (
        lambda: view.medicines,
        lambda: view.gene("CYP2C9"),
        lambda: view.body("sex"),
        lambda: view.tumor,
    ):
        with pytest.raises(PermissionError, match="not declared"):
            look()


def test_a_gene_that_was_not_read_is_not_covered():
    call = Patient().view(("genes.CYP2D6",)).gene("CYP2D6")
    assert call.status == "not covered" and not call.known and call.phenotype == ""


def test_a_misspelt_field_is_refused():
    with pytest.raises(ValueError, match="not a patient field"):
        PATIENT.view(("gene.CYP2D6",))
    with pytest.raises(ValueError, match="not a patient field"):
        PATIENT.view(("genes",))


def test_the_key_of_a_view_changes_with_what_it_shows_and_only_then():
    reads = ("genes.CYP2D6",)
    other = Patient(id="q", genes=PATIENT.genes)
    assert PATIENT.view(reads).key() == other.view(reads).key()
    assert Patient().view(reads).key() != PATIENT.view(reads).key()


def test_nouns_travel_as_json_and_back():
    assert decode(Patient, encode(PATIENT)) == PATIENT
    c = Candidate("CCO", {"a": Reading(1.0, 0.5, 1.5, True)}, {"a": 0.5}, 0.5, ("b",), Lineage("genetic", ("CC",), 3))
    assert decode(Candidate, encode(c)) == c


def test_nan_travels_as_null():
    data = encode(Reading(math.nan, math.nan, math.nan, False, "no model"))
    assert data["value"] is None
    assert math.isnan(decode(Reading, data).value)


def test_a_misfit_names_the_field():
    with pytest.raises(ValueError, match="unknown field 'colour'"):
        decode(Patient, {"colour": "red"})
    with pytest.raises(ValueError, match=r"Patient\.body\.sex"):
        decode(Patient, {"body": {"sex": "other"}})
    with pytest.raises(ValueError, match=r"Patient\.tumor\[0\]"):
        decode(Patient, {"tumor": [{"gene": "EGFR"}]})


def test_an_interval_is_ordered_or_unknown_as_a_whole():
    assert Interval(0.0, 0.5, 1.0).value == 0.5
    with pytest.raises(ValueError, match="low <= value <= high"):
        Interval(1.0, 0.5, 2.0)
    with pytest.raises(ValueError, match="as a whole"):
        Interval(math.nan, 0.5, 1.0)


def test_a_readout_is_nan_if_and_only_if_there_is_a_reason():
    assert np.isnan(Readout.unknown(2, "no model").value).all()
    one, yes = np.array([1.0]), np.array([True])
    with pytest.raises(ValueError, match="if and only if"):
        Readout(one, one, one, yes, ("but why",))
    with pytest.raises(ValueError, match="if and only if"):
        Readout(one * np.nan, one, one, yes, ("",))
    with pytest.raises(ValueError, match="low <= value <= high"):
        Readout(one, one + 1, one + 2, yes, ("",))
