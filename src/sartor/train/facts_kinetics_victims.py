# ruff: noqa: E501  (one drug a line reads better than wrapped ones)
"""What clears each victim drug, for ``drug_kinetics.tsv``: written down by us from the sources that each line names.

One drug a line: ``name | parameters | source``. Parameters: ``fm.ENZYME`` share of hepatic metabolic clearance by an
enzyme; ``uptake.T`` share of hepatic uptake by a transporter, where uptake limits clearance; ``renal.T`` share of
renal clearance that a transporter secretes; ``gut.E`` availability past the gut wall as far as enzyme or efflux pump E
limits it; ``fe`` renal share of systemic clearance; ``eh`` hepatic extraction ratio; ``t`` half-life in h. ``from=``
names what a fraction was derived from, if that is an interaction or gene study: a perpetrator, ``gene:GENE`` or
``study:NAME``. A row that such a study could be is in-sample, and left out of reported figures. Sources are cited from
memory of the literature, not from its text, unless they say "read"; check before use.
"""

from __future__ import annotations

VICTIMS = """
midazolam | fm.CYP3A4=0.94 gut.CYP3A4=0.57 fe=0.01 eh=0.35 t=2.5 | Thummel 1996 (IV and oral clearance); Galetin 2010 (Fg); fm: HLM, rest UGT1A4; ICH M12 index
triazolam | fm.CYP3A4=0.93 gut.CYP3A4=0.75 fe=0.02 eh=0.20 t=2.5 | Masica 2004, Galetin 2010 (Fg); Kronbach 1989 (HLM)
alprazolam | fm.CYP3A4=0.97 gut.CYP3A4=0.94 fe=0.20 eh=0.05 t=12 | label (20 % unchanged in urine); Hirota 2001 (HLM); Gertz 2010 (Fg)
alfentanil | fm.CYP3A4=0.95 gut.CYP3A4=0.60 fe=0.01 eh=0.24 t=1.5 | Kharasch 2004 (clearance, oral availability); Yun 1992, Klees 2005 (HLM); Galetin 2010 (Fg)
buspirone | fm.CYP3A4=0.95 gut.CYP3A4=0.21 fe=0.01 eh=0.80 t=2.5 | Zhu 2005 (HLM); Gammans 1986 (availability 4 %); Gertz 2010 (Fg)
simvastatin | fm.CYP3A4=0.93 gut.CYP3A4=0.58 fe=0.01 eh=0.85 t=3 | Prueksaritanont 2003 (HLM: at least 80 % CYP3A4, rest CYP2C8); Obach 2006, Gertz 2010 (Fg 0.14 to 0.66)
lovastatin | fm.CYP3A4=0.95 gut.CYP3A4=0.40 fe=0.01 eh=0.85 t=3 | Jacobsen 2000 (HLM); Galetin 2007 (Fg)
atorvastatin | fm.CYP3A4=0.85 uptake.OATP1B1=0.75 uptake.OATP1B3=0.15 gut.CYP3A4=0.50 fe=0.02 eh=0.45 t=8 | Jacobsen 2000 (HLM); Maeda 2011 (uptake); label (F 14 %)
felodipine | fm.CYP3A4=0.97 gut.CYP3A4=0.45 fe=0.01 eh=0.65 t=8 | Baarnhielm 1984; Galetin 2010 (Fg)
nifedipine | fm.CYP3A4=0.95 gut.CYP3A4=0.74 fe=0.01 eh=0.35 t=2 | Guengerich 1986; Galetin 2010 (Fg); Holtbecker 1996
nisoldipine | fm.CYP3A4=0.97 gut.CYP3A4=0.15 fe=0.01 eh=0.60 t=8 | Gertz 2010 (Fg); label
nitrendipine | fm.CYP3A4=0.95 gut.CYP3A4=0.60 fe=0.01 eh=0.60 t=8 | Galetin 2010
nimodipine | fm.CYP3A4=0.95 gut.CYP3A4=0.60 fe=0.01 eh=0.80 t=2 | label (F 13 %, CYP3A)
amlodipine | fm.CYP3A4=0.80 gut.CYP3A4=0.95 fe=0.08 eh=0.25 t=40 | Zhu 2014 (HLM); label
isradipine | fm.CYP3A4=0.90 gut.CYP3A4=0.60 fe=0.01 eh=0.60 t=8 | label
sildenafil | fm.CYP3A4=0.79 fm.CYP2C9=0.20 gut.CYP3A4=0.65 fe=0.01 eh=0.40 t=4 | Hyland 2001, Warrington 2000 (HLM: 79 % and 20 %); label (F 41 %)
vardenafil | fm.CYP3A4=0.92 gut.CYP3A4=0.30 fe=0.02 eh=0.60 t=4.5 | Ku 2009 (HLM); label (F 15 %)
tadalafil | fm.CYP3A4=0.85 gut.CYP3A4=0.95 fe=0.01 eh=0.03 t=17.5 | label (predominantly CYP3A4; low clearance)
avanafil | fm.CYP3A4=0.92 fm.CYP2C9=0.05 gut.CYP3A4=0.55 fe=0.01 eh=0.50 t=5 | label (CYP3A4 major, CYP2C minor)
tacrolimus | fm.CYP3A4=0.95 gut.CYP3A4=0.35 fe=0.01 eh=0.05 t=12 | Floren 1997, Hebert 1999 (F 14 to 22 %, absorbed fraction); Kamdem 2005 (HLM)
cyclosporine | fm.CYP3A4=0.93 gut.CYP3A4=0.55 fe=0.01 eh=0.27 t=8 | Wu 1995 (Fg); Fruman; label
sirolimus | fm.CYP3A4=0.93 gut.CYP3A4=0.25 fe=0.01 eh=0.15 t=60 | Emoto 2013 (HLM CYP3A4, CYP2C8); label (F 14 %)
everolimus | fm.CYP3A4=0.92 gut.CYP3A4=0.30 fe=0.01 eh=0.20 t=30 | Picard 2011 (HLM); label
eplerenone | fm.CYP3A4=0.88 gut.CYP3A4=0.90 fe=0.02 eh=0.08 t=4 | Cook 2004 (HLM); label
eletriptan | fm.CYP3A4=0.90 gut.CYP3A4=0.85 fe=0.09 eh=0.40 t=4 | Evans 2003 (HLM); label
quetiapine | fm.CYP3A4=0.89 gut.CYP3A4=0.45 fe=0.01 eh=0.80 t=6 | DeVane 2001; Bakken 2012 (HLM)
lurasidone | fm.CYP3A4=0.95 gut.CYP3A4=0.40 fe=0.01 eh=0.60 t=18 | label (mainly CYP3A4; F 9 to 19 %)
ziprasidone | fm.CYP3A4=0.33 gut.CYP3A4=0.95 fe=0.01 eh=0.30 t=7 | Beedham 2003 (two thirds aldehyde oxidase)
zolpidem | fm.CYP3A4=0.61 fm.CYP2C9=0.22 fm.CYP1A2=0.14 gut.CYP3A4=0.90 fe=0.01 eh=0.22 t=2.5 | Von Moltke 1999 (HLM shares)
zopiclone | fm.CYP3A4=0.60 fm.CYP2C8=0.30 gut.CYP3A4=0.97 fe=0.05 eh=0.15 t=5 | Becquemont 1999 (HLM)
eszopiclone | fm.CYP3A4=0.60 fm.CYP2C8=0.25 gut.CYP3A4=0.97 fe=0.08 eh=0.15 t=6 | label; Becquemont 1999
diazepam | fm.CYP3A4=0.45 fm.CYP2C19=0.45 gut.CYP3A4=1.0 fe=0.01 eh=0.02 t=40 | Jung 1997, Andersson 1994 (HLM)
carbamazepine | fm.CYP3A4=0.55 fm.CYP2C8=0.10 fm.CYP2B6=0.10 fm.UGT2B7=0.15 gut.CYP3A4=1.0 fe=0.01 eh=0.05 t=20 | Kerr 1994, Pelkonen 2001 (HLM); Bernus 1994 (urine)
quinidine | fm.CYP3A4=0.92 gut.CYP3A4=0.85 fe=0.20 eh=0.22 t=7 | Nielsen 1999 (HLM); Rakhit 1984, label (15 to 20 % renal)
verapamil | fm.CYP3A4=0.70 fm.CYP2C8=0.15 fm.CYP1A2=0.10 gut.CYP3A4=0.60 fe=0.03 eh=0.75 t=6 | Tracy 1999, Kroemer 1993 (HLM); Fromm 1996 (Fg)
r-verapamil | fm.CYP3A4=0.70 fm.CYP2C8=0.15 fm.CYP1A2=0.10 gut.CYP3A4=0.60 fe=0.03 eh=0.65 t=6 | Tracy 1999, Kroemer 1993 (HLM); Fromm 1996 (Fg)
s-verapamil | fm.CYP3A4=0.70 fm.CYP2C8=0.15 fm.CYP1A2=0.10 gut.CYP3A4=0.60 fe=0.03 eh=0.85 t=6 | Tracy 1999, Kroemer 1993 (HLM); Fromm 1996 (Fg)
diltiazem | fm.CYP3A4=0.75 fm.CYP2D6=0.10 gut.CYP3A4=0.80 fe=0.03 eh=0.55 t=4 | Molden 2002, Jones 1999 (HLM)
aprepitant | fm.CYP3A4=0.90 fm.CYP1A2=0.05 gut.CYP3A4=0.85 fe=0.0 eh=0.05 t=11 | Sanchez 2004 (HLM)
fentanyl | fm.CYP3A4=0.90 gut.CYP3A4=0.70 fe=0.08 eh=0.55 t=6 | Labroo 1997 (HLM); label
sufentanil | fm.CYP3A4=0.90 gut.CYP3A4=0.70 fe=0.02 eh=0.70 t=3 | Tateishi 1996 (HLM)
oxycodone | fm.CYP3A4=0.78 fm.CYP2D6=0.12 gut.CYP3A4=0.88 fe=0.10 eh=0.40 t=3.5 | Lalovic 2004 (HLM)
methadone | fm.CYP2B6=0.55 fm.CYP3A4=0.20 fm.CYP2C19=0.15 gut.CYP3A4=0.90 fe=0.20 eh=0.08 t=30 | Kharasch 2009 (HLM, CYP2B6)
buprenorphine | fm.CYP3A4=0.65 fm.CYP2C8=0.20 gut.CYP3A4=0.80 fe=0.01 eh=0.70 t=20 | Moody 2002 (HLM)
domperidone | fm.CYP3A4=0.70 gut.CYP3A4=0.50 fe=0.01 eh=0.50 t=7 | Simard 2004 (HLM)
dexamethasone | fm.CYP3A4=0.85 gut.CYP3A4=0.90 fe=0.03 eh=0.17 t=3.5 | Gentile 1996 (HLM)
methylprednisolone | fm.CYP3A4=0.65 gut.CYP3A4=0.90 fe=0.05 eh=0.25 t=2.5 | label; Tong 2006
prednisolone | fm.CYP3A4=0.30 gut.CYP3A4=0.98 fe=0.15 eh=0.10 t=3 | Frey 1990; label
budesonide | fm.CYP3A4=0.95 gut.CYP3A4=0.70 fe=0.0 eh=0.85 t=3 | Jonsson 1995 (HLM); label
fluticasone | fm.CYP3A4=0.98 gut.CYP3A4=0.30 fe=0.0 eh=0.85 t=8 | label
darunavir | fm.CYP3A4=0.95 gut.CYP3A4=0.75 fe=0.08 eh=0.35 t=10 | label (CYP3A only)
saquinavir | fm.CYP3A4=0.97 gut.CYP3A4=0.18 fe=0.01 eh=0.75 t=5 | label (F 4 %); Fitzsimmons 1997 (HLM)
indinavir | fm.CYP3A4=0.92 gut.CYP3A4=0.90 fe=0.15 eh=0.45 t=2 | Chiba 1996 (HLM); label
maraviroc | fm.CYP3A4=0.85 gut.CYP3A4=0.60 fe=0.20 eh=0.45 t=14 | Hyland 2008 (HLM); label (F 23 to 33 %)
rilpivirine | fm.CYP3A4=0.90 gut.CYP3A4=0.95 fe=0.01 eh=0.08 t=45 | label
ivabradine | fm.CYP3A4=0.95 gut.CYP3A4=0.65 fe=0.04 eh=0.35 t=2 | Portoles 2006; label (CYP3A4 only, F 40 %)
ibrutinib | fm.CYP3A4=0.95 gut.CYP3A4=0.40 fe=0.0 eh=0.85 t=5 | Scheers 2015 (mass balance, HLM); de Vries 2015 (IV microdose, Fg)
cobimetinib | fm.CYP3A4=0.80 fm.UGT2B7=0.15 gut.CYP3A4=0.65 fe=0.02 eh=0.15 t=44 | Takahashi 2016; Musib 2013 (mass balance); label (F 46 %)
simeprevir | fm.CYP3A4=0.85 gut.CYP3A4=0.70 fe=0.0 eh=0.15 t=12 | label (CYP3A; faecal)
grazoprevir | fm.CYP3A4=0.60 uptake.OATP1B1=0.60 uptake.OATP1B3=0.30 gut.CYP3A4=0.70 fe=0.0 eh=0.40 t=31 | label (CYP3A, OATP1B)
velpatasvir | fm.CYP3A4=0.45 fm.CYP2C8=0.20 fm.CYP2B6=0.15 gut.P-gp=0.65 fe=0.0 eh=0.15 t=15 | label (CYP2B6, 2C8, 3A4; P-gp)
isavuconazole | fm.CYP3A4=0.90 gut.CYP3A4=0.98 fe=0.0 eh=0.03 t=130 | label (CYP3A, then UGT)
netupitant | fm.CYP3A4=0.85 fm.CYP2C9=0.08 gut.CYP3A4=0.80 fe=0.0 eh=0.15 t=80 | label (mainly CYP3A4, also 2C9, 2D6)
olaparib | fm.CYP3A4=0.90 gut.CYP3A4=0.90 fe=0.15 eh=0.10 t=12 | label (mainly CYP3A4)
suvorexant | fm.CYP3A4=0.90 fm.CYP2C19=0.06 gut.CYP3A4=0.90 fe=0.0 eh=0.06 t=12 | label (mainly CYP3A, minor CYP2C19)
eliglustat | fm.CYP2D6=0.85 fm.CYP3A4=0.12 gut.CYP3A4=0.70 fe=0.01 eh=0.85 t=6 | label (CYP2D6, lesser CYP3A; F below 5 %)
ospemifene | fm.CYP3A4=0.45 fm.CYP2C9=0.40 fm.CYP2C19=0.08 gut.CYP3A4=0.90 fe=0.0 eh=0.10 t=26 | Turpeinen 2013 (HLM); label
ticagrelor | fm.CYP3A4=0.92 gut.CYP3A4=0.65 fe=0.01 eh=0.20 t=8 | Zhou 2011 (HLM); label (F 36 %)
rivaroxaban | fm.CYP3A4=0.38 fm.CYP2J2=0.30 renal.P-gp=0.80 fe=0.36 eh=0.08 t=8 | Mueck 2014 (18 % CYP3A4, 14 % CYP2J2, 36 % renal, mostly secreted)
apixaban | fm.CYP3A4=0.45 gut.CYP3A4=0.85 renal.P-gp=0.30 fe=0.27 eh=0.04 t=12 | Wang 2010 (HLM); label (27 % renal)
edoxaban | gut.P-gp=0.65 renal.P-gp=0.40 fm.CYP3A4=0.10 fe=0.50 eh=0.10 t=10 | label (P-gp substrate, F 62 %, half renal)
tolvaptan | fm.CYP3A4=0.92 gut.CYP3A4=0.70 fe=0.0 eh=0.35 t=8 | Shoaf 2012; label
conivaptan | fm.CYP3A4=0.95 gut.CYP3A4=0.55 fe=0.01 eh=0.20 t=5 | label (CYP3A4 only)
naloxegol | fm.CYP3A4=0.90 gut.CYP3A4=0.45 fe=0.06 eh=0.40 t=8 | label (CYP3A)
lomitapide | fm.CYP3A4=0.95 gut.CYP3A4=0.35 fe=0.01 eh=0.85 t=30 | label (F 7 %, CYP3A4)
bosutinib | fm.CYP3A4=0.93 gut.CYP3A4=0.50 fe=0.01 eh=0.50 t=24 | label (CYP3A4)
dasatinib | fm.CYP3A4=0.85 gut.CYP3A4=0.60 fe=0.01 eh=0.60 t=4 | Wang 2008 (HLM); label
nilotinib | fm.CYP3A4=0.80 gut.CYP3A4=0.80 fe=0.0 eh=0.20 t=17 | label
imatinib | fm.CYP3A4=0.55 fm.CYP2C8=0.40 gut.CYP3A4=0.98 fe=0.05 eh=0.12 t=18 | Nebot 2010 (HLM); label
erlotinib | fm.CYP3A4=0.70 fm.CYP1A2=0.25 gut.CYP3A4=0.85 fe=0.01 eh=0.06 t=30 | Li 2007 (HLM)
gefitinib | fm.CYP3A4=0.60 fm.CYP2D6=0.30 gut.CYP3A4=0.85 fe=0.01 eh=0.35 t=40 | Li 2007, McKillop 2004 (HLM)
lapatinib | fm.CYP3A4=0.80 fm.CYP2C8=0.08 gut.CYP3A4=0.70 fe=0.01 eh=0.40 t=14 | Teng 2010 (HLM)
sunitinib | fm.CYP3A4=0.75 gut.CYP3A4=0.95 fe=0.12 eh=0.30 t=50 | label
axitinib | fm.CYP3A4=0.70 fm.CYP1A2=0.05 fm.CYP2C19=0.05 fm.UGT1A1=0.15 gut.CYP3A4=0.85 fe=0.0 eh=0.25 t=4 | Zientek 2016 (HLM); label
pazopanib | fm.CYP3A4=0.70 gut.CYP3A4=0.95 fe=0.02 eh=0.01 t=31 | label
ruxolitinib | fm.CYP3A4=0.55 fm.CYP2C9=0.40 gut.CYP3A4=0.97 fe=0.01 eh=0.20 t=3 | Umehara 2019 (HLM); label
tofacitinib | fm.CYP3A4=0.75 fm.CYP2C19=0.24 gut.CYP3A4=0.95 fe=0.30 eh=0.20 t=3 | Dowty 2014 (HLM, mass balance: 53 % CYP3A4, 17 % CYP2C19, 30 % renal)
venetoclax | fm.CYP3A4=0.95 gut.CYP3A4=0.80 fe=0.0 eh=0.20 t=20 | Liu 2017 (HLM); label
idelalisib | fm.CYP3A4=0.45 fm.UGT1A4=0.05 gut.CYP3A4=0.95 fe=0.05 eh=0.20 t=8 | label (aldehyde oxidase, lesser CYP3A)
palbociclib | fm.CYP3A4=0.65 fm.SULT2A1=0.30 gut.CYP3A4=0.80 fe=0.07 eh=0.35 t=28 | Yu 2017 (HLM); label
ribociclib | fm.CYP3A4=0.78 gut.CYP3A4=0.85 fe=0.12 eh=0.30 t=32 | label
abemaciclib | fm.CYP3A4=0.90 gut.CYP3A4=0.75 fe=0.03 eh=0.35 t=18 | label
neratinib | fm.CYP3A4=0.90 gut.CYP3A4=0.60 fe=0.01 eh=0.60 t=10 | label
osimertinib | fm.CYP3A4=0.60 gut.CYP3A4=0.95 fe=0.02 eh=0.15 t=48 | Dickinson 2016 (HLM)
ivacaftor | fm.CYP3A4=0.93 gut.CYP3A4=0.85 fe=0.01 eh=0.20 t=12 | label
darifenacin | fm.CYP3A4=0.55 fm.CYP2D6=0.40 gut.CYP3A4=0.60 fe=0.03 eh=0.60 t=4 | Skerjanec 2006; label
solifenacin | fm.CYP3A4=0.80 gut.CYP3A4=0.97 fe=0.07 eh=0.10 t=50 | label
fesoterodine | fm.CYP3A4=0.55 fm.CYP2D6=0.35 gut.CYP3A4=1.0 fe=0.16 eh=0.30 t=7 | Malhotra 2009 (5-HMT)
ranolazine | fm.CYP3A4=0.75 fm.CYP2D6=0.12 gut.CYP3A4=0.80 fe=0.05 eh=0.40 t=2.5 | Jerling 2006
dronedarone | fm.CYP3A4=0.85 gut.CYP3A4=0.35 fe=0.0 eh=0.70 t=14 | Klieber 2014 (HLM)
dofetilide | fm.CYP3A4=0.80 renal.OCT2/MATE=0.35 fe=0.80 eh=0.03 t=10 | Walker 1996; label
ethinylestradiol | fm.CYP3A4=0.50 gut.CYP3A4=0.75 fe=0.01 eh=0.30 t=15 | Guengerich 1988, Ezuruike 2018 (HLM)
montelukast | fm.CYP2C8=0.75 fm.CYP3A4=0.10 fm.CYP2C9=0.10 gut.CYP3A4=1.0 fe=0.0 eh=0.04 t=5 | Filppula 2011, VandenBrink 2011 (HLM)
dextromethorphan | fm.CYP2D6=0.95 fm.CYP3A4=0.04 gut.CYP3A4=0.90 fe=0.02 eh=0.85 t=3 | Capon 1996, Schmid 1985 (urine of many genotypes); Yu 2001 (HLM); label | from=gene:CYP2D6+study:capon 1996
desipramine | fm.CYP2D6=0.85 gut.CYP3A4=1.0 fe=0.03 eh=0.45 t=20 | ICH M12 index value in ddir (MIT), read in the roles table; von Moltke 1994 (HLM)
nortriptyline | fm.CYP2D6=0.75 fm.CYP2C19=0.10 gut.CYP3A4=1.0 fe=0.02 eh=0.40 t=28 | Venkatakrishnan 1999 (HLM)
imipramine | fm.CYP2D6=0.35 fm.CYP2C19=0.40 fm.CYP1A2=0.12 fm.CYP3A4=0.10 gut.CYP3A4=0.95 fe=0.02 eh=0.50 t=16 | Koyama 1997 (HLM)
amitriptyline | fm.CYP2D6=0.30 fm.CYP2C19=0.45 fm.CYP3A4=0.15 gut.CYP3A4=0.95 fe=0.02 eh=0.50 t=18 | Venkatakrishnan 1998 (HLM)
clomipramine | fm.CYP2D6=0.40 fm.CYP2C19=0.30 fm.CYP1A2=0.15 fm.CYP3A4=0.10 gut.CYP3A4=0.95 fe=0.01 eh=0.50 t=24 | Nielsen 1996 (HLM)
metoprolol | fm.CYP2D6=0.80 gut.CYP3A4=1.0 fe=0.05 eh=0.55 t=3.5 | Johnson 1996, Lennard 1982 (urine); Berger 2018 (HLM)
r-metoprolol | fm.CYP2D6=0.82 gut.CYP3A4=1.0 fe=0.05 eh=0.58 t=3.5 | Mautz 1995 (HLM, urine); Kim 1993
s-metoprolol | fm.CYP2D6=0.76 gut.CYP3A4=1.0 fe=0.05 eh=0.53 t=3.5 | Mautz 1995 (HLM, urine); Kim 1993
atomoxetine | fm.CYP2D6=0.90 fm.CYP2C19=0.05 gut.CYP3A4=1.0 fe=0.01 eh=0.30 t=5 | Ring 2002 (HLM); Sauer 2003 (clearance by phenotype) | from=study:sauer 2003
tolterodine | fm.CYP2D6=0.93 fm.CYP3A4=0.05 gut.CYP3A4=0.95 fe=0.01 eh=0.60 t=2.5 | Brynne 1998, Postlind 1998 (HLM)
risperidone | fm.CYP2D6=0.80 fm.CYP3A4=0.15 gut.CYP3A4=0.95 fe=0.04 eh=0.25 t=3 | Yasui-Furukori 2001, Fang 1999 (HLM); Huang 1993
venlafaxine | fm.CYP2D6=0.80 fm.CYP3A4=0.08 fm.CYP2C19=0.05 gut.CYP3A4=1.0 fe=0.05 eh=0.50 t=5 | Otton 1996, Fogelman 1999 (HLM)
(e)-clomiphene | fm.CYP2D6=0.88 fm.CYP3A4=0.06 gut.CYP3A4=0.95 fe=0.0 eh=0.30 t=48 | Murdter 2012 (HLM, recombinant enzymes; genotype) | from=gene:CYP2D6
paroxetine | fm.CYP2D6=0.80 fm.CYP3A4=0.10 gut.CYP3A4=0.98 fe=0.02 eh=0.40 t=17 | Jornil 2010 (HLM); single dose
fluoxetine | fm.CYP2D6=0.60 fm.CYP2C9=0.20 gut.CYP3A4=1.0 fe=0.05 eh=0.25 t=48 | Margolis 2000 (HLM)
fluvoxamine | fm.CYP2D6=0.45 fm.CYP1A2=0.35 gut.CYP3A4=1.0 fe=0.03 eh=0.25 t=16 | Spigset 2001
duloxetine | fm.CYP1A2=0.65 fm.CYP2D6=0.30 gut.CYP3A4=1.0 fe=0.01 eh=0.50 t=12 | Lobo 2008 (label: CYP1A2, CYP2D6)
vortioxetine | fm.CYP2D6=0.58 fm.CYP3A4=0.15 fm.CYP2C9=0.10 gut.CYP3A4=0.98 fe=0.0 eh=0.25 t=60 | Hvenegaard 2012 (HLM)
mirtazapine | fm.CYP2D6=0.35 fm.CYP3A4=0.35 fm.CYP1A2=0.20 gut.CYP3A4=0.90 fe=0.04 eh=0.40 t=25 | Stormer 2000 (HLM)
aripiprazole | fm.CYP2D6=0.45 fm.CYP3A4=0.48 gut.CYP3A4=1.0 fe=0.01 eh=0.04 t=75 | label; Azuma 2012
brexpiprazole | fm.CYP2D6=0.45 fm.CYP3A4=0.48 gut.CYP3A4=1.0 fe=0.01 eh=0.04 t=90 | label
haloperidol | fm.CYP3A4=0.35 fm.CYP2D6=0.25 gut.CYP3A4=0.95 fe=0.01 eh=0.45 t=20 | Kudo 1999 (HLM)
perphenazine | fm.CYP2D6=0.75 fm.CYP3A4=0.10 gut.CYP3A4=0.95 fe=0.01 eh=0.60 t=10 | Olesen 2000 (HLM)
propafenone | fm.CYP2D6=0.85 fm.CYP3A4=0.08 fm.CYP1A2=0.05 gut.CYP3A4=0.95 fe=0.01 eh=0.75 t=5 | Botsch 1993 (HLM)
flecainide | fm.CYP2D6=0.60 fm.CYP1A2=0.10 gut.CYP3A4=1.0 fe=0.35 eh=0.15 t=13 | Doki 2015 (HLM); label
mexiletine | fm.CYP2D6=0.55 fm.CYP1A2=0.25 gut.CYP3A4=1.0 fe=0.10 eh=0.30 t=10 | Nakajima 1998, Labbe 2003 (HLM)
propranolol | fm.CYP2D6=0.35 fm.CYP1A2=0.45 gut.CYP3A4=1.0 fe=0.0 eh=0.70 t=4 | Masubuchi 1994 (HLM)
carvedilol | fm.CYP2D6=0.50 fm.CYP2C9=0.15 fm.CYP1A2=0.10 fm.UGT1A1=0.10 gut.CYP3A4=0.95 fe=0.0 eh=0.50 t=7 | Oldham 1997 (HLM)
r-carvedilol | fm.CYP2D6=0.65 fm.CYP2C9=0.10 gut.CYP3A4=0.95 fe=0.0 eh=0.55 t=7 | Oldham 1997 (HLM)
nebivolol | fm.CYP2D6=0.93 gut.CYP3A4=0.95 fe=0.01 eh=0.80 t=11 | label (PM 98 % available against 12 %) | from=gene:CYP2D6
timolol | fm.CYP2D6=0.75 gut.CYP3A4=1.0 fe=0.15 eh=0.40 t=4 | Volotinen 2007 (HLM)
tramadol | fm.CYP2D6=0.35 fm.CYP3A4=0.30 fm.CYP2B6=0.25 gut.CYP3A4=0.95 fe=0.20 eh=0.25 t=6 | Subrahmanyam 2001 (HLM)
codeine | fm.CYP2D6=0.08 fm.CYP3A4=0.12 fm.UGT2B7=0.70 gut.CYP3A4=0.95 fe=0.08 eh=0.50 t=3 | Yue 1997 (HLM, urine)
chlorpheniramine | fm.CYP2D6=0.60 fm.CYP3A4=0.10 gut.CYP3A4=1.0 fe=0.15 eh=0.10 t=20 | Yasuda 2002
s-chlorpheniramine | fm.CYP2D6=0.70 fm.CYP3A4=0.05 gut.CYP3A4=1.0 fe=0.10 eh=0.10 t=18 | Yasuda 2002 | from=gene:CYP2D6
r-chlorpheniramine | fm.CYP2D6=0.60 fm.CYP3A4=0.05 gut.CYP3A4=1.0 fe=0.10 eh=0.15 t=12 | Yasuda 2002 | from=gene:CYP2D6
loratadine | fm.CYP3A4=0.60 fm.CYP2D6=0.30 gut.CYP3A4=0.50 fe=0.0 eh=0.80 t=8 | Yumibe 1996 (HLM)
ebastine | fm.CYP3A4=0.85 gut.CYP3A4=0.40 fe=0.0 eh=0.80 t=4 | Hashizume 2002 (HLM)
terfenadine | fm.CYP3A4=0.97 gut.CYP3A4=0.40 fe=0.0 eh=0.90 t=6 | Yun 1993 (HLM)
donepezil | fm.CYP2D6=0.35 fm.CYP3A4=0.50 gut.CYP3A4=1.0 fe=0.20 eh=0.10 t=70 | label
galantamine | fm.CYP2D6=0.45 fm.CYP3A4=0.45 gut.CYP3A4=1.0 fe=0.25 eh=0.15 t=7 | Bachus 1999 (HLM); label
caffeine | fm.CYP1A2=0.95 gut.CYP3A4=1.0 fe=0.02 eh=0.07 t=5 | Gu 1992 (HLM); Kalow 1993 (urine)
tizanidine | fm.CYP1A2=0.98 gut.CYP3A4=1.0 fe=0.03 eh=0.55 t=1.5 | ICH M12 index value in ddir (MIT), read in the roles table; Granfors 2004b (HLM)
theophylline | fm.CYP1A2=0.85 gut.CYP3A4=1.0 fe=0.12 eh=0.04 t=8 | Ha 1995 (HLM, urine)
melatonin | fm.CYP1A2=0.90 fm.CYP2C19=0.06 gut.CYP3A4=1.0 fe=0.01 eh=0.75 t=0.8 | Facciola 2001 (HLM)
ramelteon | fm.CYP1A2=0.90 fm.CYP2C9=0.05 fm.CYP3A4=0.05 gut.CYP3A4=0.95 fe=0.0 eh=0.95 t=1.5 | Obach 2010 (HLM)
agomelatine | fm.CYP1A2=0.90 fm.CYP2C9=0.10 gut.CYP3A4=1.0 fe=0.0 eh=0.93 t=1.5 | label (EU)
clozapine | fm.CYP1A2=0.65 fm.CYP3A4=0.15 fm.CYP2C19=0.12 gut.CYP3A4=0.95 fe=0.01 eh=0.35 t=12 | Olesen 2001 (HLM)
olanzapine | fm.CYP1A2=0.55 fm.UGT1A4=0.25 gut.CYP3A4=1.0 fe=0.07 eh=0.20 t=30 | Ring 1996 (HLM); Korprasertthaworn 2015
ropinirole | fm.CYP1A2=0.70 fm.CYP3A4=0.20 gut.CYP3A4=1.0 fe=0.07 eh=0.45 t=6 | Bloomer 1997 (HLM)
zolmitriptan | fm.CYP1A2=0.70 gut.CYP3A4=1.0 fe=0.25 eh=0.40 t=3 | Wild 1999 (HLM); label
pirfenidone | fm.CYP1A2=0.80 fm.CYP2C19=0.08 gut.CYP3A4=1.0 fe=0.01 eh=0.15 t=2.5 | label (70 to 80 % CYP1A2)
alosetron | fm.CYP1A2=0.60 fm.CYP2C9=0.20 fm.CYP3A4=0.18 gut.CYP3A4=0.95 fe=0.06 eh=0.40 t=1.5 | label
lidocaine | fm.CYP1A2=0.60 fm.CYP3A4=0.35 gut.CYP3A4=0.95 fe=0.03 eh=0.65 t=1.8 | Wang 2000 (HLM)
ropivacaine | fm.CYP1A2=0.75 fm.CYP3A4=0.20 gut.CYP3A4=0.95 fe=0.01 eh=0.40 t=2 | Ekstrom 1996 (HLM)
omeprazole | fm.CYP2C19=0.87 fm.CYP3A4=0.10 gut.CYP3A4=1.0 fe=0.0 eh=0.40 t=0.9 | ICH M12 index value in ddir (MIT), read in the roles table; Abelo 2000 (HLM)
esomeprazole | fm.CYP2C19=0.72 fm.CYP3A4=0.27 gut.CYP3A4=1.0 fe=0.0 eh=0.25 t=1.2 | Abelo 2000 (HLM)
lansoprazole | fm.CYP2C19=0.75 fm.CYP3A4=0.22 gut.CYP3A4=1.0 fe=0.0 eh=0.15 t=1.3 | Pichard 1995 (HLM)
pantoprazole | fm.CYP2C19=0.80 fm.CYP3A4=0.12 gut.CYP3A4=1.0 fe=0.0 eh=0.10 t=1.2 | label
s-mephenytoin | fm.CYP2C19=0.97 gut.CYP3A4=1.0 fe=0.0 eh=0.60 t=2 | Wrighton 1993 (HLM); Kupfer 1984 (urine)
moclobemide | fm.CYP2C19=0.60 gut.CYP3A4=1.0 fe=0.01 eh=0.45 t=1.8 | Gram 1995; Hoskins 2001 (HLM)
citalopram | fm.CYP2C19=0.37 fm.CYP3A4=0.35 fm.CYP2D6=0.25 gut.CYP3A4=1.0 fe=0.12 eh=0.20 t=35 | von Moltke 2001 (HLM)
escitalopram | fm.CYP2C19=0.38 fm.CYP3A4=0.34 fm.CYP2D6=0.27 gut.CYP3A4=1.0 fe=0.08 eh=0.25 t=30 | von Moltke 2001 (HLM)
sertraline | fm.CYP2C19=0.30 fm.CYP2B6=0.30 fm.CYP3A4=0.15 fm.CYP2D6=0.10 gut.CYP3A4=0.95 fe=0.0 eh=0.50 t=26 | Obach 2005 (HLM)
voriconazole | fm.CYP2C19=0.60 fm.CYP3A4=0.35 fm.CYP2C9=0.05 gut.CYP3A4=0.97 fe=0.02 eh=0.15 t=6 | Hyland 2003, Yanni 2008 (HLM)
s-warfarin | fm.CYP2C9=0.91 gut.CYP3A4=1.0 fe=0.0 eh=0.003 t=32 | ICH M12 index value in ddir (MIT), read in the roles table; Rettie 1992
r-warfarin | fm.CYP3A4=0.40 fm.CYP1A2=0.40 fm.CYP2C19=0.10 gut.CYP3A4=1.0 fe=0.0 eh=0.002 t=45 | Kaminsky 1997 (HLM)
tolbutamide | fm.CYP2C9=0.85 fm.CYP2C19=0.12 gut.CYP3A4=1.0 fe=0.0 eh=0.01 t=7 | Miners 1998 (HLM)
phenytoin | fm.CYP2C9=0.80 fm.CYP2C19=0.15 gut.CYP3A4=1.0 fe=0.02 eh=0.03 t=15 | Bajpai 1996 (HLM)
celecoxib | fm.CYP2C9=0.80 fm.CYP3A4=0.15 gut.CYP3A4=0.98 fe=0.01 eh=0.30 t=11 | Tang 2000 (HLM)
flurbiprofen | fm.CYP2C9=0.75 fm.UGT2B7=0.20 gut.CYP3A4=1.0 fe=0.03 eh=0.02 t=5 | Tracy 1996 (HLM)
diclofenac | fm.CYP2C9=0.65 fm.UGT2B7=0.25 gut.CYP3A4=1.0 fe=0.01 eh=0.25 t=1.5 | Leemann 1993 (HLM); Kumar 2002
ibuprofen | fm.CYP2C9=0.65 fm.CYP2C8=0.20 gut.CYP3A4=1.0 fe=0.0 eh=0.05 t=2 | Chang 2008 (HLM)
losartan | fm.CYP2C9=0.65 fm.CYP3A4=0.25 gut.CYP3A4=0.95 fe=0.06 eh=0.40 t=2 | Yasar 2001 (HLM); label
irbesartan | fm.CYP2C9=0.60 fm.UGT1A3=0.25 gut.CYP3A4=1.0 fe=0.02 eh=0.12 t=13 | Bourrie 1999 (HLM)
glimepiride | fm.CYP2C9=0.85 gut.CYP3A4=1.0 fe=0.0 eh=0.03 t=5 | Suzuki 2006b, Maekawa 2009 (recombinant, HLM)
glibenclamide | fm.CYP2C9=0.40 fm.CYP3A4=0.45 fm.CYP2C19=0.08 gut.CYP3A4=0.97 fe=0.0 eh=0.05 t=5 | Zhou 2010 (HLM)
gliclazide | fm.CYP2C9=0.60 fm.CYP2C19=0.30 gut.CYP3A4=1.0 fe=0.0 eh=0.02 t=12 | Elliot 2007 (HLM)
glipizide | fm.CYP2C9=0.85 gut.CYP3A4=1.0 fe=0.05 eh=0.03 t=4 | Kidd 1999
fluvastatin | fm.CYP2C9=0.65 fm.CYP3A4=0.20 uptake.OATP1B1=0.30 gut.CYP3A4=0.95 fe=0.01 eh=0.65 t=2 | Fischer 1999 (HLM)
nateglinide | fm.CYP2C9=0.65 fm.CYP3A4=0.28 gut.CYP3A4=1.0 fe=0.12 eh=0.10 t=1.6 | Takanohashi 2007 (HLM); label
torasemide | fm.CYP2C9=0.90 gut.CYP3A4=1.0 fe=0.22 eh=0.03 t=3 | Miners 1995 (HLM)
siponimod | fm.CYP2C9=0.79 fm.CYP3A4=0.18 gut.CYP3A4=1.0 fe=0.0 eh=0.04 t=30 | label (79 % and 18 %, HLM)
repaglinide | fm.CYP2C8=0.62 fm.CYP3A4=0.33 uptake.OATP1B1=0.70 gut.CYP3A4=0.90 fe=0.0 eh=0.40 t=1 | Sall 2012 (HLM); ddir (MIT) 0.61; Niemi 2005
rosiglitazone | fm.CYP2C8=0.65 fm.CYP2C9=0.30 gut.CYP3A4=1.0 fe=0.0 eh=0.03 t=4 | Baldwin 1999 (HLM)
pioglitazone | fm.CYP2C8=0.75 fm.CYP3A4=0.17 gut.CYP3A4=1.0 fe=0.0 eh=0.03 t=6 | Jaakkola 2006 (HLM)
dabrafenib | fm.CYP2C8=0.60 fm.CYP3A4=0.25 gut.CYP3A4=0.97 fe=0.0 eh=0.15 t=8 | Lawrence 2014 (HLM: 56 to 67 % and 24 %)
enzalutamide | fm.CYP2C8=0.75 fm.CYP3A4=0.20 gut.CYP3A4=1.0 fe=0.0 eh=0.01 t=140 | label
loperamide | fm.CYP2C8=0.45 fm.CYP3A4=0.45 gut.CYP3A4=0.60 gut.P-gp=0.70 fe=0.01 eh=0.70 t=11 | Kim 2004 (HLM)
bupropion | fm.CYP2B6=0.45 gut.CYP3A4=1.0 fe=0.01 eh=0.60 t=14 | Sager 2016; Connarn 2015 (HLM)
efavirenz | fm.CYP2B6=0.80 fm.CYP2A6=0.08 fm.CYP3A4=0.05 gut.CYP3A4=1.0 fe=0.01 eh=0.10 t=50 | Ward 2003 (HLM); Ogburn 2010
raltegravir | fm.UGT1A1=0.80 fm.UGT1A9=0.15 gut.UGT1A1=0.90 fe=0.09 eh=0.45 t=4 | Kassahun 2007 (HLM)
dolutegravir | fm.UGT1A1=0.60 fm.CYP3A4=0.20 fm.UGT1A9=0.05 gut.CYP3A4=1.0 fe=0.01 eh=0.01 t=14 | Reese 2013 (HLM)
dapagliflozin | fm.UGT1A9=0.85 fm.CYP3A4=0.08 gut.CYP3A4=1.0 fe=0.02 eh=0.15 t=12 | Obermeier 2010 (HLM); Kasichayanula 2014
lamotrigine | fm.UGT1A4=0.80 fm.UGT2B7=0.10 gut.CYP3A4=1.0 fe=0.08 eh=0.02 t=25 | Rowland 2006 (HLM)
zidovudine | fm.UGT2B7=0.85 gut.CYP3A4=1.0 fe=0.18 eh=0.60 t=1.2 | Court 2003 (HLM)
digoxin | gut.P-gp=0.75 renal.P-gp=0.25 fm.P-gp=0.60 fe=0.70 eh=0.04 t=36 | Greiner 1999; Hinderling 1991 (renal, secretion); Caldwell 1976 (bile)
dabigatran | gut.P-gp=0.45 fe=0.85 eh=0.10 t=12 | Hartter 2013; Blech 2008 (etexilate absorbed as prodrug, P-gp in the gut only, 80 % renal)
talinolol | gut.P-gp=0.60 renal.P-gp=0.30 fe=0.60 eh=0.10 t=12 | Giessmann 2004b; Westphal 2000b
fexofenadine | gut.P-gp=0.45 renal.P-gp=0.10 uptake.OATP1B3=0.40 fe=0.35 eh=0.20 t=12 | Tannergren 2003; Shimizu 2005
pravastatin | uptake.OATP1B1=0.75 uptake.OATP1B3=0.05 gut.P-gp=0.95 fe=0.47 eh=0.50 t=1.8 | Singhvi 1990 (renal share); Hirano 2006, Varma 2012 (uptake)
pitavastatin | uptake.OATP1B1=0.88 uptake.OATP1B3=0.08 gut.CYP3A4=1.0 fe=0.02 eh=0.40 t=8 | Hirano 2004 (relative activity in hepatocytes)
rosuvastatin | uptake.OATP1B1=0.70 uptake.OATP1B3=0.15 gut.BCRP=0.55 renal.OAT3=0.85 fe=0.28 eh=0.60 t=15 | Kitamura 2008 (hepatocytes); Keskitalo 2009 (BCRP); Martin 2003 (28 % renal, secreted)
coproporphyrin i | uptake.OATP1B1=0.75 uptake.OATP1B3=0.15 fe=0.15 eh=0.10 t=4 | Bednarczyk 2016, Barnett 2018 (uptake); endogenous
bosentan | fm.CYP3A4=0.60 fm.CYP2C9=0.35 uptake.OATP1B1=0.55 uptake.OATP1B3=0.30 gut.CYP3A4=0.95 fe=0.01 eh=0.10 t=5 | Dingemanse 2004; Treiber 2007
metformin | renal.OCT2/MATE=0.75 fe=0.98 eh=0.0 t=5 | Tucker 1981 (renal clearance four times filtration)
furosemide | renal.OAT1/OAT3=0.92 fe=0.70 eh=0.03 t=1.5 | Hammarlund 1984; Hasannejad 2004
procainamide | renal.OCT2/MATE=0.60 fe=0.50 eh=0.15 t=3 | Somogyi 1983b
ranitidine | renal.OCT2/MATE=0.60 fe=0.70 eh=0.15 t=2.5 | label
cefaclor | renal.OAT1/OAT3=0.55 fe=0.75 eh=0.03 t=0.8 | label
methotrexate | renal.OAT1/OAT3=0.45 fe=0.85 eh=0.02 t=8 | Takeda 2002; label
eltrombopag | fm.CYP1A2=0.30 fm.CYP2C8=0.20 fm.UGT1A1=0.20 gut.BCRP=0.90 fe=0.0 eh=0.01 t=25 | label
"""
