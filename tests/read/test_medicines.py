"""A list of medicines: what is known, what is corrected, what nobody knows."""

from pathlib import Path

import pytest

from sartor.core import IntakeError
from sartor.read.medicines import read_medicines


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "medicines.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_names_and_doses(tmp_path: Path) -> None:
    path = written(tmp_path, "# comment\nname,dose\nMetoprolol succinate,95 mg once daily\nEliquis,\n")
    found, notes = read_medicines(path)
    assert [(m.name, m.substance, m.dose) for m in found] == [
        ("Metoprolol succinate", "metoprolol", "95 mg once daily"),
        ("Eliquis", "apixaban", ""),
    ]
    assert all(m.recognized and m.smiles for m in found) and notes == ()


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_and_header_aliases(tmp_path: Path, separator: str) -> None:
    path = written(
        tmp_path, "\ufeff" + separator.join(("Dosage", "Drug")) + "\n" + separator.join(("20 mg", "Zocor")) + "\n"
    )
    found, _ = read_medicines(path)
    assert [(m.substance, m.dose) for m in found] == [("simvastatin", "20 mg")]


def test_a_medicine_nobody_knows_is_kept_and_said(tmp_path: Path) -> None:
    found, notes = read_medicines(written(tmp_path, "name\nRingelwurz Tropfen\nomeprazole\n"))
    assert [m.substance for m in found] == ["", "omeprazole"] and not found[0].recognized
    assert len(notes) == 1 and "Ringelwurz Tropfen" in notes[0] and "could not be considered" in notes[0]


def test_a_misspelling_is_corrected_and_said(tmp_path: Path) -> None:
    found, notes = read_medicines(written(tmp_path, "name\nsimvastattin\n"))
    assert found[0].substance == "simvastatin" and "was read as simvastatin" in notes[0]


def test_atc_code_helps_where_the_name_does_not(tmp_path: Path) -> None:
    found, notes = read_medicines(written(tmp_path, "name,atc\nLocal brand,N06AB10\n"))
    assert found[0].substance == "escitalopram" and notes == ()


@pytest.mark.parametrize("name", ["Vytorin", "simvastatin / ezetimibe", "ezetimibe + simvastatin"])
def test_mixtures_are_taken_apart(tmp_path: Path, name: str) -> None:
    found, _ = read_medicines(written(tmp_path, f"name\n{name}\n"))
    assert {m.substance for m in found} == {"simvastatin", "ezetimibe"} and {m.name for m in found} == {name}


def test_doubles_are_noted(tmp_path: Path) -> None:
    found, notes = read_medicines(written(tmp_path, "name\nEliquis\napixaban\n"))
    assert len(found) == 2 and "apixaban is listed twice" in notes[0]


def test_none_taken(tmp_path: Path) -> None:
    found, notes = read_medicines(written(tmp_path, "name,dose\n"))
    assert found == () and "takes none" in notes[0]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", None, "empty"),
        ("# only a comment\n", None, "no header"),
        ("dose\n5 mg\n", 1, "no column holds the names"),
        ("name,dose\nMetoprolol,50 mg, extra\n", 2, "3 cells"),
        ("name,dose\n,50 mg\n", 2, "no name"),
    ],
)
def test_bad_files(tmp_path: Path, text: str, line: int | None, says: str) -> None:
    with pytest.raises(IntakeError, match=says) as error:
        read_medicines(written(tmp_path, text))
    assert error.value.line == line and error.value.remedy and "medicines.csv" in str(error.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="no such file"):
        read_medicines(tmp_path / "nowhere.csv")


def test_codes_alone_and_beside_names(tmp_path: Path) -> None:
    found, notes = read_medicines(written(tmp_path, "rxnorm,dose\n6918,50 mg\n"))
    assert [(m.substance, m.how, m.dose) for m in found] == [("metoprolol", "RxNorm", "50 mg")] and notes == ()
    found, notes = read_medicines(written(tmp_path, "name,atc\nmetoprolol,N06AB10\n"))
    assert found[0].substance == "metoprolol" and "code says escitalopram" in notes[0]


def test_a_plain_list(tmp_path: Path) -> None:
    path = tmp_path / "medicines.txt"
    path.write_text("# mine\nMetoprolol succinate 95 mg once daily\nEliquis, 5 mg\nTylenol 3\nC10AA01\nfoo tonic\n")
    found, notes = read_medicines(path)
    assert [(m.substance, m.dose) for m in found] == [
        ("metoprolol", "95 mg once daily"), ("apixaban", "5 mg"), ("codeine", ""), ("paracetamol", ""),
        ("simvastatin", ""), ("", ""),
    ]  # fmt: skip
    assert [m.how for m in found] == ["salt", "brand", "mixture", "mixture", "ATC", ""]
    assert len(notes) == 1 and "foo tonic" in notes[0]


def test_a_column_that_names_the_person_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IntakeError, match="names the person") as error:
        read_medicines(written(tmp_path, "name,dob\nmetoprolol,1961-05-04\n"))
    assert "1961" not in str(error.value)


def test_a_doubtful_spelling_is_proposed_and_not_taken(tmp_path: Path) -> None:
    found, notes = read_medicines(written(tmp_path, "name\nhydralizine\n"))
    assert found[0].substance == "" and "hydralazine" in notes[0] and "none was taken" in notes[0]


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_a_spreadsheets_encodings_and_its_first_line(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "m.csv"
    path.write_bytes("sep=;\r\nMédicament;Dosis\r\nParoxétine;7,5 µg\r\n".encode(encoding))
    found, _ = read_medicines(path)
    assert [(m.name, m.substance, m.dose) for m in found] == [("Paroxétine", "paroxetine", "7,5 µg")]


@pytest.mark.parametrize("column", ["Wirkstoff", "Arzneimittel", "nom", "principio attivo", "Medicamento", "Präparat"])
def test_columns_in_other_languages(tmp_path: Path, column: str) -> None:
    found, _ = read_medicines(written(tmp_path, f"{column};Dosierung\nMarcumar;nach INR\n"))
    assert [(m.substance, m.dose) for m in found] == [("phenprocoumon", "nach INR")]


def test_a_dose_in_the_name_and_a_line_break_in_a_cell(tmp_path: Path) -> None:
    text = 'name\nParoxetin 20mg Tbl.\nVitamin D3 1000 IE\nInsulin glargine 100 U/ml pen\n"Warfarin\n5 mg"\n'
    found, _ = read_medicines(written(tmp_path, text))
    assert [(m.substance, m.dose) for m in found] == [
        ("paroxetine", "20mg Tbl."),
        ("cholecalciferol", "1000 IE"),
        ("insulin glargine", "100 U/ml pen"),
        ("warfarin", "5 mg"),
    ]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Trimethoprim-Sulfamethoxazole", {"trimethoprim", "sulfamethoxazole"}),
        ("TMP/SMX", {"trimethoprim", "sulfamethoxazole"}),
        ("Symtuza", {"cobicistat", "darunavir", "emtricitabine", "tenofovir"}),
        ("HCTZ 25", {"hydrochlorothiazide"}),
        ("5-FU", {"fluorouracil"}),
        ("Déroxat", {"paroxetine"}),
        ("L-thyroxine", {"levothyroxine"}),
    ],
)
def test_mixtures_short_forms_and_accents(tmp_path: Path, name: str, parts: set[str]) -> None:
    found, _ = read_medicines(written(tmp_path, f"name\n{name}\n"))
    assert {m.substance for m in found} == parts


def test_nothing_taken_and_doubles_are_said(tmp_path: Path) -> None:
    found, notes = read_medicines(written(tmp_path, "name\nkeine\n"))
    assert found == () and "takes none" in notes[-1]
    found, notes = read_medicines(written(tmp_path, "name\nnone\nProzac\nfluoxetine\nSarafem\n"))
    assert len(found) == 3 and any("says that nothing is taken" in n for n in notes)
    assert notes[-1] == "fluoxetine is listed three times (Prozac, fluoxetine, Sarafem)"
