"""The further ADMET endpoints as parts: absorption, transport, distribution, metabolism and elimination."""

from __future__ import annotations

from .admet import AdmetPart


class Hia(AdmetPart):
    """Is absorbed from the gut."""

    endpoint = "hia"
    direction = "higher is better"


class Bioavailability(AdmetPart):
    """Reaches the circulation after an oral dose."""

    endpoint = "bioavailability"
    direction = "higher is better"


class Pampa(AdmetPart):
    """Passes an artificial membrane."""

    endpoint = "pampa"
    direction = "higher is better"


class Lipophilicity(AdmetPart):
    """Prefers octanol to water at pH 7.4."""

    endpoint = "lipophilicity"
    direction = "depends"


class HydrationFreeEnergy(AdmetPart):
    """Free energy of hydration."""

    endpoint = "hydration_free_energy"
    direction = "depends"


class PgpInhibition(AdmetPart):
    """Inhibits P-glycoprotein."""

    endpoint = "pgp_inhibition"


class PgpSubstrate(AdmetPart):
    """Is carried by P-glycoprotein."""

    endpoint = "pgp_substrate"
    direction = "depends"


class MdckEfflux(AdmetPart):
    """Efflux ratio across MDCK-MDR1 cells."""

    endpoint = "mdck_efflux"


class BcrpInhibition(AdmetPart):
    """Inhibits BCRP."""

    endpoint = "bcrp_inhibition"


class Oatp1b1Inhibition(AdmetPart):
    """Inhibits OATP1B1."""

    endpoint = "oatp1b1_inhibition"


class Oatp1b3Inhibition(AdmetPart):
    """Inhibits OATP1B3."""

    endpoint = "oatp1b3_inhibition"


class Bsep(AdmetPart):
    """Inhibits the bile salt export pump."""

    endpoint = "bsep"


class Ppb(AdmetPart):
    """Share bound to plasma protein."""

    endpoint = "ppb"
    direction = "depends"


class Vdss(AdmetPart):
    """Volume of distribution at steady state."""

    endpoint = "vdss"
    direction = "depends"


class HalfLife(AdmetPart):
    """Terminal half-life in humans."""

    endpoint = "half_life"
    direction = "depends"


class HumanClearance(AdmetPart):
    """Total clearance in humans."""

    endpoint = "human_clearance"
    direction = "depends"


class HepatocyteClearance(AdmetPart):
    """Intrinsic clearance in hepatocytes."""

    endpoint = "hepatocyte_clearance"


class MicrosomeClearance(AdmetPart):
    """Intrinsic clearance in human liver microsomes."""

    endpoint = "microsome_clearance"


class HlmClearance(AdmetPart):
    """Intrinsic clearance in human liver microsomes, one laboratory."""

    endpoint = "hlm_clearance"


class RlmClearance(AdmetPart):
    """Intrinsic clearance in rat liver microsomes."""

    endpoint = "rlm_clearance"


class KineticSolubility(AdmetPart):
    """Kinetic solubility at pH 6.8."""

    endpoint = "kinetic_solubility"
    direction = "higher is better"


class RlmStability(AdmetPart):
    """Stable in rat liver microsomes."""

    endpoint = "rlm_stability"
    direction = "higher is better"


class Cyp1a2Pic50(AdmetPart):
    """Potency of inhibiting CYP1A2."""

    endpoint = "cyp1a2_pic50"


class Cyp2c9Pic50(AdmetPart):
    """Potency of inhibiting CYP2C9."""

    endpoint = "cyp2c9_pic50"


class Cyp2d6Pic50(AdmetPart):
    """Potency of inhibiting CYP2D6."""

    endpoint = "cyp2d6_pic50"


class Cyp3a4Pic50(AdmetPart):
    """Potency of inhibiting CYP3A4."""

    endpoint = "cyp3a4_pic50"


class Pxr(AdmetPart):
    """Potency of activating the pregnane X receptor."""

    endpoint = "pxr"
