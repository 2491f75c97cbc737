# ruff: noqa: E501  (one table row a line reads better than wrapped ones)
"""Writes facts/tables/safety_alerts.tsv: groups that ask a question about safety, as SMARTS of our own.

Run as ``python -m sartor.train.facts_safety_alerts``. Sets: ``tdi`` (mechanism-based inactivation of P450 enzymes),
``reactive`` (metabolism to reactive species), ``mutagen``, ``sensitizer`` and ``phototoxic`` (skin), ``teratogen``.
An alert is a question, not a verdict; how often each set is right is measured by ``sartor bench side-effects``.
"""

from __future__ import annotations

from .compiled import write_compiled

VERSION = "2026-11"
ORR = "Orr 2012, J Med Chem 55:4896; pattern ours"
FONTANA = "Fontana 2005, Curr Drug Metab 6:413; pattern ours"
KALGUTKAR = "Kalgutkar 2007, Curr Drug Metab 8:407; pattern ours"
STEPAN = "Stepan 2011, Chem Res Toxicol 24:1345; pattern ours"
K2005 = "Kalgutkar 2005, Curr Drug Metab 6:161; pattern ours"
BENIGNI = "Benigni 2008, Mutat Res 659:248; pattern ours"
ASHBY = "Ashby 1991, Mutat Res 257:229; pattern ours"
ENOCH = "Enoch 2008, SAR QSAR Environ Res 19:555; pattern ours"
MOORE = "Moore 2002, Drug Saf 25:345; pattern ours"
GELDER = "van Gelder 2010, Hum Reprod Update 16:378; pattern ours"
LABEL = "contraindication in pregnancy in FDA prescribing information; pattern ours"
MATTHEWS = "Vargesson 2015, Birth Defects Res C 105:140; pattern ours"

MICHAEL = "[$([CX3;H2]=[CX3][CX3](=O)[N,O,#6]),$([CX3;H1](C)=[CX3;H1][CX3](=O)[NX3,#6]),$([CX2]#[CX2][CX3](=O)N)]"
ARYLAMINE = "[NX3;H2;!$(N-[C,S,P]=[O,S,N])]-[c;$(c1ccccc1);!$(c(N)n)]"
NITRO = "[$([NX3](=O)=O),$([NX3+](=O)[O-])]-a"
EPOXIDE = "[CX4;r3]1[OX2,NX3;r3][CX4;r3]1"
QUINONE = "[$([#6]1(=[OX1])[#6]~[#6][#6](=[OX1])[#6]~[#6]1),$([#6]1(=[OX1])[#6](=[OX1])[#6]~[#6]~[#6]~[#6]1)]"
#: set, name, SMARTS, what happens, drugs that hold it and do it, source
ROWS: tuple[tuple[str, str, str, str, str, str], ...] = (
    ("tdi", "methylenedioxyphenyl", "[CH2]1Oc2ccccc2O1", "a carbene binds the haem iron for good", "paroxetine|stiripentol", ORR),
    ("tdi", "furan with a free alpha carbon", "o1[cH]ccc1", "opens to an enedial or epoxide that binds the protein", "methoxsalen|furafylline", ORR),
    ("tdi", "thiophene with a free alpha carbon", "s1[cH]ccc1", "S-oxide or epoxide binds the protein", "ticlopidine|clopidogrel|suprofen", ORR),
    ("tdi", "benzothiophene", "s1ccc2ccccc12", "S-oxide or epoxide binds the protein", "zileuton|raloxifene", KALGUTKAR),
    ("tdi", "terminal alkyne", "[CX2;H1]#[CX2]", "a ketene binds the haem or the protein", "ethinylestradiol|gestodene|selegiline", ORR),
    ("tdi", "propynyl", "[CX4;H3][CX2]#[CX2]", "a ketene binds the haem or the protein", "mifepristone", KALGUTKAR),
    ("tdi", "hydrazine or hydrazide", "[NX3;!$(N=*);!$(N~[#8])]-[NX3;H2,$([NX3;H1][CX4])]", "diazene or radical alkylates the haem", "isoniazid|hydralazine|phenelzine", FONTANA),
    ("tdi", "N-methyl or N-ethyl alkylamine", "[NX3;+0;!$(N-[C,S,P]=[O,S,N]);!$(N-a);!$(N~[#7,#8])]([$([CX4;H3]),$([CX4;H2][CX4;H3])])[CX4]", "N-oxidized to a nitroso that complexes the haem iron (MI complex)", "erythromycin|diltiazem|verapamil|mibefradil", ORR),
    ("tdi", "primary amine beside a methyl branch", "[NX3;H2][CX4;H1]([CX4;H3])[CX4]", "N-oxidized to a nitroso that complexes the haem iron (MI complex)", "amphetamine", FONTANA),
    ("tdi", "cyclopropylamine", "[NX3;!$(N-[C,S]=O)]-[CX4;r3]1[CX4;r3][CX4;r3]1", "ring opens to a radical that binds the haem", "tranylcypromine", FONTANA),
    ("tdi", "thiazole with a free carbon 2", "s1[cH]ncc1", "binds the haem iron; ring opening", "ritonavir|cobicistat", KALGUTKAR),
    ("tdi", "thiocarbonyl", "[$([CX3]=[SX1]),$(c=[SX1]),$([SX2;H1]-c(n)n)]", "sulfur is lost as a reactive atom that binds the protein", "disulfiram|thiamazole", FONTANA),
    ("tdi", "thiophosphoryl", "[PX4]=[SX1]", "sulfur is lost as a reactive atom that binds the protein", "thiotepa", KALGUTKAR),
    ("tdi", "terminal olefin on saturated carbon", "[CX3;H2]=[CX3;H1][CX4]", "a radical alkylates the haem", "secobarbital", FONTANA),
    ("tdi", "dichloroacetamide", "[CX4;H1](Cl)(Cl)C(=O)[NX3]", "an oxamyl chloride acylates the protein", "chloramphenicol", FONTANA),
    ("tdi", "aryl piperazine or 4-alkoxyaniline", "[$([NX3]1(-c2ccccc2)CCN([CX4])CC1),$([NX3;H1;!$(N-[C,S]=O)](-a)-c1ccc([OX2][CX4])cc1)]", "quinone imine after oxidation", "nefazodone|lapatinib", ORR),
    ("reactive", "primary arylamine", ARYLAMINE, "hydroxylamine and nitroso", "procainamide|dapsone", STEPAN),
    ("reactive", "nitroarene", NITRO, "nitroso and redox cycling", "tolcapone|nimesulide|flutamide", STEPAN),
    ("reactive", "4-aminophenol or its ether or anilide", "[NX3;!$(N(=O)~O)](-[#6,#1])-c1ccc([OX2;H1,$([OX2][CX4])])cc1", "quinone imine", "paracetamol|amodiaquine", STEPAN),
    ("reactive", "hydroquinone or catechol", "[$([OX2;H1]-c1ccc([OX2;H1])cc1),$([OX2;H1]-c1ccccc1[OX2;H1])]", "quinone", "tolcapone|isoprenaline", STEPAN),
    ("reactive", "quinone", QUINONE, "redox cycling, adducts", "menadione", K2005),
    ("reactive", "hydrazine or hydrazide", "[NX3;!$(N=*);!$(N~[#8])]-[NX3;H1,H2]", "diazene, radicals", "isoniazid|hydralazine", STEPAN),
    ("reactive", "furan with a free alpha carbon", "o1[cH]ccc1", "enedial", "furosemide", STEPAN),
    ("reactive", "thiophene with a free alpha carbon", "s1[cH]ccc1", "S-oxide, epoxide", "ticlopidine|tienilic acid", STEPAN),
    ("reactive", "2-aminothiazole", "[NX3;H1,H2]-c1nccs1", "epoxide, thiourea", "sudoxicam", STEPAN),
    ("reactive", "thiourea or thioamide", "[$([#7][CX3](=[SX1])[#6,#7]),$(c(n)(n)=[SX1]),$([SX2;H1]-c(n)n)]", "S-oxides", "propylthiouracil|ethionamide", STEPAN),
    ("reactive", "methylenedioxyphenyl", "[CH2]1Oc2ccccc2O1", "carbene, catechol and quinone", "paroxetine", STEPAN),
    ("reactive", "terminal alkyne", "[CX2;H1]#[CX2]", "ketene", "ethinylestradiol", STEPAN),
    ("reactive", "Michael acceptor", MICHAEL, "alkylates thiols as such", "ibrutinib|etacrynic acid", K2005),
    ("reactive", "epoxide or aziridine", EPOXIDE, "alkylates as such", "carbamazepine epoxide", K2005),
    ("reactive", "arylacetic or arylpropionic acid", "[OX2;H1]C(=O)[CX4;H2,H1]-a", "acyl glucuronide", "diclofenac|zomepirac|bromfenac", STEPAN),
    ("reactive", "glitazone-like thiazolidinedione", "O=C1[NX3;H1]C(=O)SC1", "ring opening to reactive sulfur", "troglitazone", STEPAN),
    ("reactive", "chroman phenol or para-alkylphenol", "[$([OX2;H1]-c1ccc2OCCCc2c1)]", "quinone, quinone methide", "troglitazone", STEPAN),
    ("reactive", "3-alkylindole, N-substituted", "[CX4;H2](a)-c1c[nX3](*)c2ccccc12", "methylene indolenine", "zafirlukast", K2005),
    ("mutagen", "primary arylamine", ARYLAMINE, "nitrenium ion binds DNA", "4-aminobiphenyl", BENIGNI),
    ("mutagen", "nitroarene", NITRO, "reduced to the same as the arylamine", "metronidazole|nitrofurazone", BENIGNI),
    ("mutagen", "N-nitroso", "[NX3;!$(N-a-n)]-[NX2]=[OX1]", "alkyl diazonium", "carmustine|streptozocin", BENIGNI),
    ("mutagen", "hydrazine or azide", "[$([NX3;H1,H2]-[NX3;H1,H2;!$(N-[C,S]=O)]),$([NX2]=[NX2+]=[NX1-]),$([NX2-]-[NX2+]#[NX1])]", "radicals, diazonium", "procarbazine", BENIGNI),
    ("mutagen", "epoxide or aziridine", EPOXIDE, "alkylates DNA", "thiotepa|mitomycin", BENIGNI),
    ("mutagen", "nitrogen or sulfur mustard", "[$([NX3]([CX4;H2][CX4;H2][Cl,Br])),$([SX2]([CX4;H2][CX4;H2][Cl,Br]))]", "alkylates DNA", "chlorambucil|melphalan", BENIGNI),
    ("mutagen", "alkyl halide, primary", "[Cl,Br,I][CX4;H2][#6;!$(C(F)(F)F)]", "alkylates DNA", "1,2-dibromoethane", BENIGNI),
    ("mutagen", "alkyl sulfonate or sulfate", "[CX4;H3,H2][OX2]S(=O)(=O)[#6,O]", "alkylates DNA", "busulfan", BENIGNI),
    ("mutagen", "aryl azo", "[c]-[NX2]=[NX2]-[c]", "reduced to arylamines", "phenazopyridine", BENIGNI),
    ("mutagen", "quinone", QUINONE, "redox cycling", "daunorubicin", BENIGNI),
    ("mutagen", "aryl hydroxylamine or N-oxide", "[$([NX3;H1]([OX2;H1])-c),$([n+]([O-]))]", "nitrenium ion; radicals", "tirapazamine", BENIGNI),
    ("mutagen", "enal", "[CX3;H1](=O)[CX3]=[CX3;!R]", "Michael addition to DNA", "acrolein", BENIGNI),
    ("mutagen", "beta-propiolactone", "O=C1OCC1", "acylates DNA", "propiolactone", ASHBY),
    ("mutagen", "pyrene, chrysene or benzanthracene", "[$(c1cc2ccc3cccc4ccc(c1)c2c34),$(c1ccc2c(c1)ccc1c2ccc2ccccc12),$(c1ccc2cc3c(ccc4ccccc43)cc2c1)]", "intercalates; diol epoxide", "benzo[a]pyrene", BENIGNI),
    ("mutagen", "acridine, plain", "c1ccc2nc3ccccc3cc2c1", "intercalates", "amsacrine|quinacrine", ASHBY),
    ("sensitizer", "Michael acceptor", MICHAEL, "binds skin protein", "acrylates", ENOCH),
    ("sensitizer", "aldehyde", "[CX3;H1](=[OX1])[#6]", "Schiff base with skin protein", "cinnamaldehyde", ENOCH),
    ("sensitizer", "iso(thio)cyanate", "[NX2]=[CX2]=[OX1,SX1]", "acylates skin protein", "phenyl isothiocyanate", ENOCH),
    ("sensitizer", "acyl halide, anhydride or active ester", "[$([CX3](=O)[F,Cl,Br,I]),$([CX3](=O)O[CX3]=O),$([CX3](=O)Oc1c(F)c(F)ccc1)]", "acylates skin protein", "phthalic anhydride", ENOCH),
    ("sensitizer", "activated aryl halide", "[F,Cl,Br]-c1c([$([NX3+](=O)[O-]),$(C#N)])cc([$([NX3+](=O)[O-]),$(C#N)])cc1", "SNAr with skin protein", "dinitrochlorobenzene", ENOCH),
    ("sensitizer", "alkyl halide or sulfonate", "[$([Cl,Br,I][CX4;H2][#6;!$(C(F)(F)F)]),$([CX4;H3,H2][OX2]S(=O)(=O)[#6,O])]", "alkylates skin protein", "methyl tosylate", ENOCH),
    ("sensitizer", "quinone or its precursor", "[$([OX2;H1]-c1ccc([$([OX2;H1]),$([NX3;H2])])cc1),$([NX3;H2]-c1ccc([NX3;H2])cc1),$([#6]1(=[OX1])[#6]=[#6][#6](=[OX1])[#6]=[#6]1)]", "quinone binds skin protein", "p-phenylenediamine|hydroquinone", ENOCH),
    ("sensitizer", "isothiazolinone", "O=c1ccs[nX3]1", "ring opening by thiols", "methylisothiazolinone", ENOCH),
    ("sensitizer", "beta-lactam", "O=C1[NX3][CX4][CX4]1", "acylates protein; allergy", "benzylpenicillin", ENOCH),
    ("phototoxic", "fluoroquinolone", "O=C(O)-c1cn(*)c2cc(*)c(F)cc2c1=O", "singlet oxygen, loss of fluoride at carbon 8", "lomefloxacin|sparfloxacin", MOORE),
    ("phototoxic", "phenothiazine", "c1ccc2N(*)c3ccccc3Sc2c1", "radical cation, loss of chlorine", "chlorpromazine", MOORE),
    ("phototoxic", "tetracycline", "NC(=O)C1=C(O)CCCC1=O", "singlet oxygen", "doxycycline", MOORE),
    ("phototoxic", "psoralen", "O=c1ccc2cc3ccoc3cc2o1", "cross-links DNA in light", "methoxsalen", MOORE),
    ("phototoxic", "benzophenone arylpropionic acid", "O=C(c1ccccc1)c1cccc(C(C)C(=O)O)c1", "radicals", "ketoprofen", MOORE),
    ("phototoxic", "thiazide", "NS(=O)(=O)c1cc2c(cc1Cl)NCNS2(=O)=O", "loss of chlorine", "hydrochlorothiazide", MOORE),
    ("teratogen", "thalidomide-like glutarimide", "O=C1CCC([NX3]2Cc3ccccc3C2=O)C(=O)[NX3]1", "degrades SALL4 through cereblon: limbs, heart, ears", "lenalidomide", MATTHEWS),
    ("teratogen", "thalidomide-like glutarimide", "O=C1CCC([NX3]2C(=O)c3ccccc3C2=O)C(=O)[NX3]1", "degrades SALL4 through cereblon: limbs, heart, ears", "thalidomide|pomalidomide", MATTHEWS),
    ("teratogen", "retinoid: polyene acid", "[CX3;!R]=[CX3;!R]-,=[CX3;!R]=[CX3;!R]-,=[CX3;!R]=[CX3;!R]C(=O)[OX2,NX3]", "activates retinoic acid receptors: head, heart, thymus, brain", "isotretinoin|acitretin|tretinoin", GELDER),
    ("teratogen", "retinoid: tetramethyltetralin arene acid", "CC1(C)CCC(C)(C)c2cc(ccc12)~[#6,#7,#8]~[#6]~[#6]~[#6]", "activates retinoic acid or retinoid X receptors", "bexarotene|tamibarotene", GELDER),
    ("teratogen", "valproate-like branched acid", "[CX4;H3][CX4;H2][CX4;H2][CX4;H1]([CX4;H2][$([CX4;H2]),$([CX3;H1])])C(=O)[$([OX2;H1]),$([NX3;H2])]", "inhibits histone deacetylases: neural tube", "valproic acid", GELDER),
    ("teratogen", "4-hydroxycoumarin", "O=c1oc2ccccc2c(O)c1[CX4]", "vitamin K antagonist: bones, face, bleeding", "warfarin|phenprocoumon", LABEL),
    ("teratogen", "folate antagonist: diaminopyrimidine fused", "[NX3;H2]-c1nc([NX3;H2])c2[n,c]c(*)[c,n]nc2n1", "antifolate: neural tube, face", "methotrexate", GELDER),
    ("teratogen", "folate antagonist: 2,4-diaminopyrimidine", "[NX3;H2]-c1ncc([#6])c([NX3;H2])n1", "antifolate: neural tube, face", "trimethoprim|pyrimethamine", GELDER),
    ("teratogen", "hydantoin or carbamazepine-like anticonvulsant", "[$(O=C1NC(=O)C(c2ccccc2)N1),$(NC(=O)N1c2ccccc2CCc2ccccc21),$(NC(=O)N1c2ccccc2C=Cc2ccccc21)]", "epoxide, antifolate: face, neural tube", "phenytoin|carbamazepine", GELDER),
    ("teratogen", "ACE inhibitor", "O=C(O)[C;R]1[#6;R]~[#6;R]~*N1C(=O)C(C)[NX3;H1][CX4;H1](CC)C(=O)O", "fetal renin-angiotensin block: kidneys, skull", "enalapril|ramipril", LABEL),
    ("teratogen", "ACE inhibitor, thiol", "O=C(O)C1CCCN1C(=O)C(C)CS", "fetal renin-angiotensin block: kidneys, skull", "captopril", LABEL),
    ("teratogen", "sartan: biphenyl tetrazole", "c1ccc(-c2ccc([CX4;H2][#7])cc2)c(-c2nnnn2)c1", "fetal renin-angiotensin block: kidneys, skull", "losartan|valsartan|candesartan", LABEL),
    ("teratogen", "statin: dihydroxyheptanoate", "[#6][C;H1](O)C[C;H1](O)CC(=O)[O]", "blocks sterol synthesis", "atorvastatin", LABEL),
    ("teratogen", "androgen steroid", "[CX4;H3][C]12CC[C]3[C]([C]1CC[C;R1]2[OX2])CC[C]4=CC(=O)CC[C]34[CX4;H3]", "virilizes a female fetus", "testosterone", GELDER),
    ("teratogen", "stilbene oestrogen", "[OX2]-c1ccc(cc1)C(CC)=C(CC)-c1ccc(O)cc1", "oestrogen: reproductive tract", "diethylstilbestrol", GELDER),
    ("teratogen", "thiourea antithyroid", "[$([#7;H1]1[CX3](=S)[#7;H1][CX3](=O)[CX3]=[CX3]1),$(S=c1[nH]ccn1C),$([SX2;H1]-c1nccn1C),$(O=c1cc(*)[nH]c(=S)[nH]1)]", "blocks the fetal thyroid", "propylthiouracil|thiamazole", GELDER),
    ("teratogen", "nitrogen mustard", "[NX3]([CX4;H2][CX4;H2][Cl,Br])[CX4;H2][CX4;H2][Cl,Br]", "alkylates DNA", "cyclophosphamide|chlorambucil", GELDER),
    ("teratogen", "mycophenolate", "COc1c(C)c2COC(=O)c2c(O)c1CC=C", "blocks IMPDH: ears, face, heart", "mycophenolic acid", LABEL),
    ("teratogen", "teriflunomide or leflunomide", "[$(O=C(Nc1ccc(C(F)(F)F)cc1)C(C#N)=C(C)O),$(Cc1oncc1C(=O)Nc1ccc(C(F)(F)F)cc1)]", "blocks DHODH", "leflunomide|teriflunomide", LABEL),
    ("teratogen", "tetracycline", "NC(=O)C1=C(O)CCCC1=O", "binds to bone and teeth", "doxycycline", LABEL),
    ("teratogen", "prostaglandin E1", "[$(O=C1CC(O)C(C=C)C1CCCCCCC(=O)O),$(O=C1C[C](O)[C](C=CC)[C]1CCCCCCC(=O)OC)]", "contracts the uterus: limbs, cranial nerves", "misoprostol", GELDER),
    ("teratogen", "HDAC hydroxamate", "[#6]C(=O)[NX3;H1][OX2;H1]", "zinc binder of histone deacetylases", "vorinostat|panobinostat", GELDER),
    ("teratogen", "antiandrogenic anilide", "O=C(Nc1ccc([$([NX3+](=O)[O-]),$(C#N)])c(C(F)(F)F)c1)[CX4]", "feminizes a male fetus", "flutamide|bicalutamide", LABEL),
    ("teratogen", "4-azasteroid", "O=C1[NX3;H1][C;H1]2CC[C]3[C]([C]2(C)C=C1)CC[C]1(C)[C]3CC[C]1", "blocks 5-alpha-reductase: male genitalia", "finasteride|dutasteride", LABEL),
    ("teratogen", "triazole nucleoside", "OCC1OC(n2cnc(C(N)=O)n2)C(O)C1O", "blocks IMPDH, mutagenic", "ribavirin", LABEL),
)  # fmt: skip

HEADER = """# Groups that ask a question about safety, as SMARTS; written by python -m sartor.train.facts_safety_alerts.
# set: tdi, reactive, mutagen, sensitizer, phototoxic, teratogen. examples: drugs or chemicals that hold the group.
"""
COLUMNS = ("set", "name", "smarts", "words", "examples", "source", "version")


def main() -> None:
    """Writes the table beside the other fact tables, or to ``--out``."""
    write_compiled("safety_alerts.tsv", __doc__, HEADER, COLUMNS, [(*r, VERSION) for r in ROWS])


if __name__ == "__main__":
    main()
