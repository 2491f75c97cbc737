"""Known places: coordinates in both assemblies, indels wherever a caller puts them, recurrent residues, aliases."""

import pytest

from sartor.facts import diseases, genes, hotspots, variants


@pytest.mark.parametrize(
    ("gene", "change", "chrom", "pos37", "pos38", "ref", "alt"),
    [
        # GRCh38 positions as independent public records give them; each crosses another stretch of the assemblies.
        ("GNAS", "R201C", "20", 57484420, 58909365, "C", "T"),
        ("KIT", "D816V", "4", 55599321, 54733155, "A", "T"),
        ("SF3B1", "K700E", "2", 198266834, 197402110, "T", "C"),
        ("IDH2", "R172K", "15", 90631838, 90088606, "C", "T"),
        ("ESR1", "D538G", "6", 152419926, 152098791, "A", "G"),
        ("FGFR2", "S252W", "10", 123279677, 121520163, "G", "C"),
        ("PIK3CA", "E542K", "3", 178936082, 179218294, "G", "A"),
        ("KRAS", "G12C", "12", 25398285, 25245351, "C", "A"),
        ("NRAS", "Q61R", "1", 115256529, 114713908, "T", "C"),
        ("FGFR3", "Y373C", "4", 1806099, 1804372, "A", "G"),
    ],
)
def test_places_in_both_assemblies(
    gene: str, change: str, chrom: str, pos37: int, pos38: int, ref: str, alt: str
) -> None:
    for assembly, pos in (("GRCh37", pos37), ("GRCh38", pos38)):
        found = hotspots.hotspot_at(assembly, f"chr{chrom}", pos, ref, alt)
        assert found is not None and (found.gene, found.change) == (gene, change)


def test_a_place_that_nothing_vouches_for_has_no_position() -> None:
    unsure = [h for h in hotspots.hotspots() if not h.pos38]
    assert unsure and len(unsure) < 0.25 * len(hotspots.hotspots())
    assert all(h.pos37 for h in unsure)


def test_a_deletion_counts_along_its_repeat() -> None:
    spot = next(h for h in hotspots.hotspots() if h.ref and not h.alt and len(h.ref) > 2 and h.pos37)
    anchor = "A" if spot.ref[-1] != "A" else "C"
    plain = hotspots.hotspot_at("GRCh37", spot.chrom, spot.pos37 - 1, anchor + spot.ref, anchor)
    turned = spot.ref[-1] + spot.ref[:-1]
    left = hotspots.hotspot_at("GRCh37", spot.chrom, spot.pos37 - 2, anchor + turned, anchor)
    assert plain == spot == left
    assert hotspots.hotspot_at("GRCh37", spot.chrom, spot.pos37 - 1, anchor + "TTTTTTT", anchor) is None


def test_trimming() -> None:
    assert hotspots.trimmed(10, "AGT", "A") == (11, "GT", "")
    assert hotspots.trimmed(10, "A", "ACC") == (11, "", "CC")
    assert hotspots.trimmed(10, "CAT", "CGT") == (11, "A", "G")


def test_recurrent_residues() -> None:
    found = hotspots.recurrent("BRAF", "V600E")
    assert found is not None and found.tumors > 500 and "Chang" in found.source
    assert hotspots.recurrent("GNAS", "R201C") is not None and hotspots.recurrent("BRAF", "V601E") is None
    assert hotspots.recurrent("EGFR", "E746_A750del") is None


@pytest.mark.parametrize(
    ("gene", "region", "span"),
    [("EGFR", "exon 19", (729, 761)), ("KIT", "exon 11", (550, 592)), ("PIK3CA", "exon 10", (514, 555))],
)
def test_regions_follow_from_coordinates(gene: str, region: str, span: tuple[int, int]) -> None:
    assert hotspots.regions()[(gene, region)] == span


@pytest.mark.parametrize(
    ("name", "gene"),
    [("HER2", "ERBB2"), ("c-kit", "KIT"), ("TTF1", "TTF1"), ("egfr", "EGFR"), ("C19ORF70", "C19orf70")],
)
def test_symbols(name: str, gene: str) -> None:
    assert genes.symbol(name) == gene


def test_an_insertion_that_repeats_is_its_duplication() -> None:
    assert variants.doubled("A775_G776insYVMA") == "Y772_A775dup"
    assert variants.grade("ERBB2", "Y772_A775dup", "A775_G776insYVMA") == "exact"
    assert variants.doubled("D770_N771insG") == "D770_N771insG"


@pytest.mark.parametrize(
    ("change", "fits"),
    [("X1010_splice", True), ("X963_splice", True), ("D1010H", True), ("Y1003F", False), ("X500_splice", False)],
)
def test_what_skips_met_exon_14(change: str, fits: bool) -> None:
    assert bool(variants.grade("MET", "exon 14 skipping", change)) is fits


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("metastatic colorectal cancer", "colorectal cancer"),
        ("stage IV lung adenocarcinoma", "lung adenocarcinoma"),
        ("relapsed or refractory AML", "acute myeloid leukemia"),
        ("EGFR-mutant NSCLC", "lung non-small cell carcinoma"),
        ("urothelial carcinoma", "transitional cell carcinoma"),
    ],
)
def test_stage_and_course_leave_the_disease(name: str, known: str) -> None:
    found = diseases.resolve(name)
    assert found is not None and found.name == known


def test_every_cancer_of_the_evidence_hangs_in_the_tree() -> None:
    assert "lung cancer" in diseases.ancestors(diseases.resolve("adenosquamous lung carcinoma"))
    assert "acute myeloid leukemia" in diseases.ancestors(diseases.resolve("acute myeloid leukemia with mutated npm1"))
    assert diseases.suggestions("lung adenocarcenoma of the left lobe")[0].startswith("lung")
