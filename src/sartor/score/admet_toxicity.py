"""The further ADMET endpoints as parts: organs, genes, heart channels, receptors and stress responses."""

from __future__ import annotations

from .admet import AdmetPart


class Dili(AdmetPart):
    """Injures the liver."""

    endpoint = "dili"


class Ld50(AdmetPart):
    """Acute oral toxicity in the rat."""

    endpoint = "ld50"


class SkinReaction(AdmetPart):
    """Sensitizes the skin."""

    endpoint = "skin_reaction"


class Carcinogenicity(AdmetPart):
    """Causes tumours in rodents."""

    endpoint = "carcinogenicity"


class Clintox(AdmetPart):
    """Fails in trials for toxicity."""

    endpoint = "clintox"


class NrAr(AdmetPart):
    """Disturbs the androgen receptor."""

    endpoint = "nr_ar"


class NrArLbd(AdmetPart):
    """Acts on the ligand binding domain of the androgen receptor."""

    endpoint = "nr_ar_lbd"


class NrAhr(AdmetPart):
    """Activates the aryl hydrocarbon receptor."""

    endpoint = "nr_ahr"


class NrAromatase(AdmetPart):
    """Inhibits aromatase."""

    endpoint = "nr_aromatase"


class NrEr(AdmetPart):
    """Disturbs the oestrogen receptor."""

    endpoint = "nr_er"


class NrErLbd(AdmetPart):
    """Acts on the ligand binding domain of the oestrogen receptor."""

    endpoint = "nr_er_lbd"


class NrPparGamma(AdmetPart):
    """Activates PPAR gamma."""

    endpoint = "nr_ppar_gamma"


class SrAre(AdmetPart):
    """Switches on the antioxidant response."""

    endpoint = "sr_are"


class SrAtad5(AdmetPart):
    """Raises ATAD5."""

    endpoint = "sr_atad5"


class SrHse(AdmetPart):
    """Switches on the heat shock response."""

    endpoint = "sr_hse"


class SrMmp(AdmetPart):
    """Lowers the mitochondrial membrane potential."""

    endpoint = "sr_mmp"


class SrP53(AdmetPart):
    """Switches on the p53 response."""

    endpoint = "sr_p53"


class Nav15(AdmetPart):
    """Blocks the sodium channel Nav1.5."""

    endpoint = "nav15"


class Cav12(AdmetPart):
    """Blocks the calcium channel Cav1.2."""

    endpoint = "cav12"
