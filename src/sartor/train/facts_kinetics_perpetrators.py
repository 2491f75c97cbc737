# ruff: noqa: E501  (one drug a line reads better than wrapped ones)
"""What each perpetrator drug does, for ``drug_kinetics.tsv``: written down by us from the sources that each line names.

One species a line: ``name | parameters | source``, or ``name>metabolite`` for a metabolite that acts (its amounts follow
the parent's dose). ``mw`` g/mol, ``fu`` unbound share in plasma, ``cmax`` total mg/L at ``dose`` mg every ``tau`` h
(``state`` ss: steady state; sd: single dose), ``t`` half-life h, ``ka`` absorption 1/h, ``fa`` absorbed share,
``power`` of the dose to which exposure rises (1: linear). Per enzyme: ``ki`` uM unbound, reversible; ``KI`` uM and
``kinact`` 1/h, time-dependent; ``emax`` (fold over 1) and ``ec50`` uM, induction, ``emaxgut`` where biopsies give the gut
wall's own; ``gutleft`` activity that a single intake leaves of a gut enzyme. ``from=`` as for victims. Sources are cited
from memory of the literature, not from its text, unless they say "read"; check before use.
"""

from __future__ import annotations

PERPETRATORS = """
ketoconazole | mw=531.4 fu=0.010 dose=400 tau=24 state=ss cmax=7.0 t=4.5 ka=1.0 fa=0.9 power=1.2 CYP3A4.ki=0.015 CYP2C9.ki=6 CYP2C8.ki=2.5 CYP2C19.ki=5 P-gp.ki=1.5 UGT1A1.ki=2 | label (99 % bound; Cmax); Daneshmend 1984 (doses); Gibbs 1999, Greenblatt 2011 (Ki in HLM); Keogh 2006 (P-gp)
itraconazole | mw=705.6 fu=0.016 dose=200 tau=24 state=sd cmax=0.25 t=24 ka=0.6 fa=0.85 power=1.3 CYP3A4.ki=0.0013 P-gp.ki=0.5 BCRP.ki=0.5 | Isoherranen 2004 (unbound Ki, fu), Templeton 2008; label (Cmax); Hardin 1988; Keogh 2006 (P-gp)
itraconazole>hydroxyitraconazole | mw=721.6 fu=0.021 dose=200 tau=24 state=sd cmax=0.40 t=14 ka=0.35 fa=0 power=1.2 CYP3A4.ki=0.0144 P-gp.ki=0.5 | Isoherranen 2004 (unbound Ki, fu); Templeton 2008
itraconazole>ketoitraconazole | mw=719.6 fu=0.012 dose=200 tau=24 state=sd cmax=0.015 t=12 ka=0.3 fa=0 CYP3A4.ki=0.00512 | Isoherranen 2004 (unbound Ki, fu); Templeton 2008
itraconazole>n-desalkylitraconazole | mw=649.5 fu=0.011 dose=200 tau=24 state=sd cmax=0.010 t=30 ka=0.2 fa=0 CYP3A4.ki=0.00032 | Isoherranen 2004 (unbound Ki, fu); Templeton 2008
voriconazole | mw=349.3 fu=0.42 dose=200 tau=12 state=ss cmax=2.5 t=6 ka=1.0 fa=0.95 power=1.4 CYP3A4.ki=0.47 CYP2C19.ki=3.0 CYP2C9.ki=2.8 CYP2B6.ki=0.4 | label; Purkins 2002 (doses); Jeong 2009, Li 2009 (HLM)
posaconazole | mw=700.8 fu=0.02 dose=400 tau=12 state=ss cmax=2.5 t=30 ka=0.3 fa=0.5 CYP3A4.ki=0.04 P-gp.ki=1 | label; Wexler 2004 (HLM)
fluconazole | mw=306.3 fu=0.89 dose=200 tau=24 state=sd cmax=4.2 t=31 ka=2.0 fa=0.95 CYP3A4.ki=9 CYP2C9.ki=8 CYP2C19.ki=4 UGT2B7.ki=70 | label, Debruyne 1993; Kunze 1996, Isoherranen 2008 (HLM)
isavuconazole | mw=437.5 fu=0.01 dose=200 tau=24 state=ss cmax=3.0 t=130 ka=1.0 fa=0.98 CYP3A4.ki=0.3 OCT2/MATE.ki=6 P-gp.ki=25 | label
miconazole | mw=416.1 fu=0.08 dose=125 tau=6 state=ss cmax=0.1 t=24 ka=0.5 fa=0.3 CYP2C9.ki=0.2 CYP3A4.ki=0.3 CYP2C19.ki=0.3 | Niwa 2005 (HLM); label
clarithromycin | mw=748 fu=0.30 dose=500 tau=12 state=ss cmax=2.6 t=5 ka=0.8 fa=0.85 power=1.2 CYP3A4.ki=10 CYP3A4.KI=6.04 CYP3A4.kinact=2.4 P-gp.ki=4.1 OATP1B1.ki=5.3 OATP1B3.ki=14 | label; Chu 1993 (fu); KI and kinact: identified in the OSP clarithromycin model, read (whether interaction data entered is not said there); Eberl 2007 (P-gp); Seithel 2007 (OATP)
erythromycin | mw=733.9 fu=0.30 dose=500 tau=8 state=ss cmax=1.5 t=2.0 ka=0.5 fa=0.6 power=1.2 CYP3A4.ki=30 CYP3A4.KI=13 CYP3A4.kinact=2.0 P-gp.ki=20 OATP1B1.ki=4 OATP1B3.ki=15 | Barre 1987 (fu); Yakatan 1980 (Cmax); KI 4.6 to 23, kinact 0.02 to 0.07/min in HLM (Ito 2003, Yamano 2001, Atkinson 2005): middle; Wang 1997
azithromycin | mw=749 fu=0.70 dose=500 tau=24 state=sd cmax=0.4 t=40 ka=0.5 fa=0.4 CYP3A4.KI=600 CYP3A4.kinact=0.6 P-gp.ki=22 | label; Ito 2003b (HLM: KI 623 uM)
roxithromycin | mw=837 fu=0.10 dose=150 tau=12 state=ss cmax=9 t=10 ka=0.7 fa=0.7 CYP3A4.KI=20 CYP3A4.kinact=1.8 | Yamano 2001 (HLM)
telithromycin | mw=812 fu=0.35 dose=800 tau=24 state=ss cmax=2.2 t=10 ka=1.0 fa=0.8 CYP3A4.KI=3 CYP3A4.kinact=2.0 | label; Elsby 2011 (HLM)
troleandomycin | mw=814 fu=0.15 dose=500 tau=6 state=ss cmax=2 t=2 ka=0.7 fa=0.6 CYP3A4.KI=0.5 CYP3A4.kinact=1.5 | Lim 2005 (HLM)
ritonavir | mw=720.9 fu=0.015 dose=100 tau=12 state=ss cmax=1.0 t=4 ka=0.6 fa=0.8 power=1.5 CYP3A4.ki=0.02 CYP3A4.KI=0.15 CYP3A4.kinact=12 CYP2D6.ki=2.0 P-gp.ki=0.3 OATP1B1.ki=1.5 OATP1B3.ki=1.0 BCRP.ki=10 CYP1A2.emax=1.0 CYP1A2.ec50=0.05 CYP2C9.emax=0.6 CYP2C9.ec50=0.05 CYP2C19.emax=1.0 CYP2C19.ec50=0.05 UGT1A4.emax=0.6 UGT1A4.ec50=0.05 | label; Kirby 2011 (HLM, hepatocytes); Ernest 2005; von Moltke 1998
cobicistat | mw=776 fu=0.025 dose=150 tau=24 state=ss cmax=1.1 t=3.5 ka=0.6 fa=0.8 CYP3A4.KI=1.1 CYP3A4.kinact=28 CYP2D6.ki=9 P-gp.ki=36 OCT2/MATE.ki=1.9 | Xu 2010 (HLM); label
nelfinavir | mw=567.8 fu=0.015 dose=1250 tau=12 state=ss cmax=4.0 t=4 ka=0.5 fa=0.6 CYP3A4.KI=1.0 CYP3A4.kinact=13 | label; Lillibridge 1998, Kirby 2011 (HLM)
saquinavir | mw=670.8 fu=0.03 dose=1200 tau=8 state=ss cmax=0.3 t=5 ka=0.4 fa=0.3 CYP3A4.ki=1.0 CYP3A4.KI=0.65 CYP3A4.kinact=15 | Ernest 2005 (HLM); label
indinavir | mw=613.8 fu=0.40 dose=800 tau=8 state=ss cmax=7.7 t=1.8 ka=1.5 fa=0.7 CYP3A4.ki=0.3 UGT1A1.ki=50 | label; Chiba 1996, Eagling 1997 (HLM)
atazanavir | mw=704.9 fu=0.14 dose=400 tau=24 state=ss cmax=3.2 t=7 ka=0.6 fa=0.7 CYP3A4.ki=2.4 CYP3A4.KI=0.84 CYP3A4.kinact=1.9 UGT1A1.ki=0.5 OATP1B1.ki=0.7 OATP1B3.ki=0.9 | label; Perloff 2005 (HLM); Zhang 2005 (UGT1A1)
diltiazem | mw=414.5 fu=0.22 dose=60 tau=8 state=ss cmax=0.13 t=4 ka=1.0 fa=0.9 power=1.2 CYP3A4.ki=30 CYP3A4.KI=1.2 CYP3A4.kinact=0.7 CYP2D6.ki=50 | label; Rowland Yeo 2010 (HLM); Jones 1999
diltiazem>n-desmethyldiltiazem | mw=400.5 fu=0.22 dose=60 tau=8 state=ss cmax=0.05 t=8 ka=0.5 fa=0 CYP3A4.ki=5 CYP3A4.KI=0.77 CYP3A4.kinact=1.6 | Zhao 2007 (HLM); Mayhew 2000
verapamil | mw=454.6 fu=0.09 dose=80 tau=8 state=ss cmax=0.15 t=6 ka=0.9 fa=0.9 power=1.2 CYP3A4.ki=25 CYP3A4.KI=2.2 CYP3A4.kinact=3.6 P-gp.ki=0.3 OCT2/MATE.ki=20 | label; Wang 2004, 2005 (HLM); Pauli-Magnus 2000 (P-gp)
verapamil>norverapamil | mw=440.6 fu=0.15 dose=80 tau=8 state=ss cmax=0.12 t=9 ka=0.6 fa=0 CYP3A4.ki=20 CYP3A4.KI=8.0 CYP3A4.kinact=3.0 P-gp.ki=0.3 | Wang 2004, 2005 (HLM); Pauli-Magnus 2000 (P-gp)
nifedipine | mw=346.3 fu=0.04 dose=20 tau=8 state=ss cmax=0.10 t=2.5 ka=1.0 fa=0.95 CYP3A4.ki=10 P-gp.ki=30 | Katoh 2000 (HLM); label
isradipine | mw=371.4 fu=0.05 dose=5 tau=8 state=ss cmax=0.005 t=8 ka=1.0 fa=0.9 P-gp.ki=60 CYP3A4.ki=20 | Katoh 2000 (HLM); label
amlodipine | mw=408.9 fu=0.05 dose=10 tau=24 state=ss cmax=0.015 t=40 ka=0.3 fa=0.9 CYP3A4.ki=5 P-gp.ki=20 | Katoh 2000 (HLM); label
cimetidine | mw=252.3 fu=0.80 dose=400 tau=12 state=ss cmax=2.0 t=2.0 ka=0.8 fa=0.7 CYP3A4.ki=60 CYP2D6.ki=40 CYP1A2.ki=120 CYP2C19.ki=80 OCT2/MATE.ki=3.8 P-gp.ki=1500 | Somogyi 1983 (fu, Cmax); Knodell 1991, Madeira 2004 (HLM, 2D6, 2C19); CYP3A4 Ki 30 to 270 uM in HLM (Wrighton 1994, read in OSP): middle; Ito 2012 (MATE1 3.8 uM), read in OSP
ranitidine | mw=314.4 fu=0.85 dose=150 tau=12 state=ss cmax=0.5 t=2.5 ka=0.8 fa=0.55 CYP3A4.ki=600 CYP2D6.ki=300 OCT2/MATE.ki=25 | label; Smith 1984 (HLM)
famotidine | mw=337.4 fu=0.82 dose=40 tau=24 state=ss cmax=0.1 t=3 ka=0.8 fa=0.45 CYP3A4.ki=600 OCT2/MATE.ki=0.6 | label; Hibma 2016
omeprazole | mw=345.4 fu=0.05 dose=40 tau=24 state=ss cmax=1.2 t=1.0 ka=1.5 fa=0.65 power=1.3 CYP2C19.ki=3.5 CYP2C19.KI=1.0 CYP2C19.kinact=2.4 CYP3A4.ki=40 CYP2C9.ki=16 P-gp.ki=18 CYP1A2.emax=1.0 CYP1A2.ec50=5 | label; Ogilvie 2011, Liu 2005, Shirasaka 2013 (HLM: Ki 3 to 5, KI 0.3 to 2, kinact 0.03 to 0.05/min)
esomeprazole | mw=345.4 fu=0.04 dose=40 tau=24 state=ss cmax=1.6 t=1.2 ka=1.5 fa=0.9 CYP2C19.ki=3.5 CYP2C19.KI=0.7 CYP2C19.kinact=2.4 | label; Ogilvie 2011 (HLM)
lansoprazole | mw=369.4 fu=0.03 dose=30 tau=24 state=ss cmax=0.9 t=1.5 ka=1.2 fa=0.85 CYP2C19.ki=0.6 CYP3A4.ki=20 | Zvyaga 2012 (HLM); label
moclobemide | mw=268.7 fu=0.50 dose=300 tau=12 state=ss cmax=2.5 t=2.0 ka=1.5 fa=0.8 CYP2C19.ki=150 CYP2D6.ki=30 CYP1A2.ki=150 | Hartter 1996, Gram 1995 (HLM); label
fluvoxamine | mw=318.3 fu=0.23 dose=50 tau=12 state=ss cmax=0.085 t=16 ka=0.5 fa=0.9 power=1.4 CYP1A2.ki=0.010 CYP2C19.ki=0.010 CYP3A4.ki=1.6 CYP2C9.ki=2.0 CYP2D6.ki=2.0 | van Harten 1995, Spigset 1998 (Cmax, doses); Brosen 1993, Yao 2003 (HLM with binding); von Moltke 1995 (CYP3A4); Hemeryck 1999
fluoxetine | mw=309.3 fu=0.06 dose=20 tau=24 state=ss cmax=0.10 t=80 ka=0.4 fa=0.9 power=1.2 CYP2D6.ki=0.12 CYP2C19.ki=1.0 CYP3A4.ki=15 CYP2C9.ki=10 CYP1A2.ki=4 | label; Stevens 1993, Otton 1993 (HLM); Sager 2014
fluoxetine>norfluoxetine | mw=295.3 fu=0.06 dose=20 tau=24 state=ss cmax=0.12 t=200 ka=0.05 fa=0 CYP2D6.ki=0.13 CYP2C19.ki=1.0 CYP3A4.ki=4 CYP2C9.ki=8 | label; Stevens 1993, von Moltke 1995 (HLM); Sager 2014
paroxetine | mw=329.4 fu=0.06 dose=20 tau=24 state=ss cmax=0.045 t=18 ka=0.5 fa=0.95 power=1.5 CYP2D6.ki=0.065 CYP2D6.KI=0.315 CYP2D6.kinact=10.2 CYP3A4.ki=20 CYP2C19.ki=7 | Kaye 1989, label (Cmax, doses); Venkatakrishnan 2005 (KI, kinact; fu)
sertraline | mw=306.2 fu=0.015 dose=100 tau=24 state=ss cmax=0.055 t=26 ka=0.3 fa=0.9 CYP2D6.ki=0.7 CYP2C19.ki=2 CYP3A4.ki=10 CYP2B6.ki=3.2 | label; Crewe 1992 (HLM)
citalopram | mw=324.4 fu=0.20 dose=40 tau=24 state=ss cmax=0.09 t=35 ka=0.6 fa=0.95 CYP2D6.ki=5.1 | label; Crewe 1992 (HLM)
escitalopram | mw=324.4 fu=0.44 dose=20 tau=24 state=ss cmax=0.06 t=30 ka=0.6 fa=0.95 CYP2D6.ki=8 | label; von Moltke 2001 (HLM)
venlafaxine | mw=277.4 fu=0.73 dose=75 tau=12 state=ss cmax=0.15 t=5 ka=0.7 fa=0.92 CYP2D6.ki=20 | label; Otton 1996 (HLM)
duloxetine | mw=297.4 fu=0.05 dose=60 tau=24 state=ss cmax=0.06 t=12 ka=0.3 fa=0.7 CYP2D6.ki=0.08 | label; Skinner 2003, Hutzler (HLM)
bupropion | mw=239.7 fu=0.16 dose=150 tau=12 state=ss cmax=0.12 t=14 ka=0.5 fa=0.9 CYP2D6.ki=10 | label; Reese 2008 (HLM)
bupropion>hydroxybupropion | mw=255.7 fu=0.23 dose=150 tau=12 state=ss cmax=0.8 t=22 ka=0.3 fa=0 CYP2D6.ki=6 | label; Reese 2008, Sager 2017 (HLM)
bupropion>threohydrobupropion | mw=241.7 fu=0.58 dose=150 tau=12 state=ss cmax=0.45 t=37 ka=0.2 fa=0 CYP2D6.ki=4 | label; Reese 2008, Sager 2017 (HLM)
bupropion>erythrohydrobupropion | mw=241.7 fu=0.58 dose=150 tau=12 state=ss cmax=0.10 t=33 ka=0.2 fa=0 CYP2D6.ki=1.7 | label; Reese 2008, Sager 2017 (HLM)
quinidine | mw=324.4 fu=0.15 dose=200 tau=8 state=ss cmax=1.8 t=7 ka=1.2 fa=0.85 CYP2D6.ki=0.04 CYP3A4.ki=10 P-gp.ki=1.8 | label; Guengerich 1986, Ching 1995, Otton 1988 (HLM: 0.02 to 0.06); Ekins 2002, Rautio 2006 (P-gp)
terbinafine | mw=291.4 fu=0.01 dose=250 tau=24 state=ss cmax=1.7 t=30 ka=0.8 fa=0.8 CYP2D6.ki=0.03 | label; Abdel-Rahman 1999, Vickers 1999 (HLM)
mirabegron | mw=396.5 fu=0.29 dose=50 tau=24 state=ss cmax=0.035 t=50 ka=0.4 fa=0.35 CYP2D6.KI=5 CYP2D6.kinact=1.2 CYP2D6.ki=4 P-gp.ki=40 | label; Takusagawa 2012 (HLM)
dacomitinib | mw=469.9 fu=0.02 dose=45 tau=24 state=ss cmax=0.10 t=70 ka=0.2 fa=0.8 CYP2D6.ki=0.05 | label; Bello 2012
cinacalcet | mw=357.4 fu=0.05 dose=90 tau=24 state=ss cmax=0.045 t=35 ka=0.3 fa=0.6 CYP2D6.ki=0.05 | label; Nakashima 2007
rolapitant | mw=500.5 fu=0.002 dose=180 tau=24 state=sd cmax=0.97 t=180 ka=0.5 fa=0.9 CYP2D6.ki=0.05 P-gp.ki=7 BCRP.ki=0.17 | label
asunaprevir | mw=748 fu=0.01 dose=100 tau=12 state=ss cmax=0.6 t=18 ka=0.5 fa=0.5 CYP2D6.ki=0.3 OATP1B1.ki=0.3 P-gp.ki=50 CYP3A4.emax=3 CYP3A4.ec50=1 | label (Japan)
amiodarone | mw=645.3 fu=0.002 dose=200 tau=24 state=ss cmax=1.5 t=1000 ka=0.1 fa=0.4 CYP2C9.ki=2 CYP3A4.ki=1 CYP2D6.ki=1 P-gp.ki=3.2 | label; Ohyama 2000 (HLM)
amiodarone>n-desethylamiodarone | mw=617.3 fu=0.002 dose=200 tau=24 state=ss cmax=1.2 t=1500 ka=0.05 fa=0 CYP2C9.ki=0.02 CYP3A4.ki=0.04 CYP2D6.ki=0.02 P-gp.ki=3 | Ohyama 2000, McDonald 2015 (HLM with binding)
dronedarone | mw=556.8 fu=0.005 dose=400 tau=12 state=ss cmax=0.12 t=14 ka=0.3 fa=0.7 CYP2D6.ki=0.01 CYP3A4.KI=0.9 CYP3A4.kinact=2.4 P-gp.ki=1.8 | label; Hong 2016 (HLM)
propafenone | mw=341.4 fu=0.05 dose=150 tau=8 state=ss cmax=0.4 t=5 ka=0.7 fa=0.95 power=1.5 CYP2D6.ki=0.1 CYP1A2.ki=20 P-gp.ki=5 | label; Xu 1995 (HLM)
haloperidol | mw=375.9 fu=0.08 dose=5 tau=12 state=ss cmax=0.006 t=20 ka=0.4 fa=0.65 CYP2D6.ki=1.0 | Shin 1999 (HLM)
thioridazine | mw=370.6 fu=0.005 dose=50 tau=12 state=ss cmax=0.5 t=20 ka=0.5 fa=0.6 CYP2D6.ki=0.05 | Shin 1999 (HLM)
perphenazine | mw=404 fu=0.08 dose=8 tau=12 state=ss cmax=0.002 t=10 ka=0.5 fa=0.5 CYP2D6.ki=0.8 | Shin 1999 (HLM)
diphenhydramine | mw=255.4 fu=0.22 dose=50 tau=8 state=ss cmax=0.10 t=8 ka=0.8 fa=0.7 CYP2D6.ki=5 | Hamelin 2000b, Akutsu 2007 (HLM)
celecoxib | mw=381.4 fu=0.03 dose=200 tau=12 state=ss cmax=1.2 t=11 ka=0.6 fa=0.8 CYP2D6.ki=4.2 | Werner 2003 (HLM)
atomoxetine | mw=255.4 fu=0.02 dose=60 tau=12 state=ss cmax=0.8 t=5 ka=1.0 fa=0.95 CYP2D6.ki=3.6 CYP3A4.ki=34 | Sauer 2004 (HLM); label
risperidone | mw=410.5 fu=0.10 dose=3 tau=12 state=ss cmax=0.02 t=4 ka=1.0 fa=0.9 CYP2D6.ki=7 | Shin 1999 (HLM)
metoprolol | mw=267.4 fu=0.88 dose=100 tau=12 state=ss cmax=0.12 t=3.5 ka=1.0 fa=0.95 CYP2D6.ki=45 | Berger 2018
ticlopidine | mw=263.8 fu=0.02 dose=250 tau=12 state=ss cmax=0.9 t=12 ka=1.0 fa=0.9 CYP2C19.ki=1.2 CYP2C19.KI=3.0 CYP2C19.kinact=10 CYP2B6.KI=0.5 CYP2B6.kinact=18 CYP2D6.ki=3 CYP1A2.ki=50 | Ko 2000, Ha-Duong 2001, Richter 2004 (HLM)
clopidogrel | mw=321.8 fu=0.02 dose=75 tau=24 state=ss cmax=0.003 t=6 ka=1.5 fa=0.6 CYP2B6.KI=0.5 CYP2B6.kinact=21 | Richter 2004 (HLM); label
clopidogrel>clopidogrel acyl glucuronide | mw=484 fu=0.10 dose=75 tau=24 state=ss cmax=1.0 t=6 ka=1.0 fa=0 CYP2C8.KI=9.9 CYP2C8.kinact=2.8 | Tornio 2014 (HLM: KI, kinact)
gemfibrozil | mw=250.3 fu=0.03 dose=600 tau=12 state=ss cmax=30 t=1.6 ka=1.5 fa=0.98 CYP2C9.ki=5.8 CYP2C8.ki=60 OATP1B1.ki=25 OAT3.ki=7 BCRP.ki=500 UGT1A1.ki=100 | label; Wen 2001, Wang 2002 (HLM); Shitara 2004 (OATP1B1)
gemfibrozil>gemfibrozil glucuronide | mw=426.5 fu=0.115 dose=600 tau=12 state=ss cmax=10 t=2 ka=1.0 fa=0 CYP2C8.KI=20 CYP2C8.kinact=12.6 OATP1B1.ki=7.9 OAT3.ki=20 | Ogilvie 2006 (KI, kinact); Shitara 2004 (fu, OATP1B1); Honkalammi 2011
trimethoprim | mw=290.3 fu=0.55 dose=160 tau=12 state=ss cmax=2.0 t=10 ka=1.5 fa=0.95 CYP2C8.ki=15 OCT2/MATE.ki=4 | Wen 2002 (HLM); Muller 2015 (MATE); label
sulfamethoxazole | mw=253.3 fu=0.30 dose=800 tau=12 state=ss cmax=55 t=10 ka=1.0 fa=0.95 CYP2C9.ki=250 | Wen 2002 (HLM)
sulfaphenazole | mw=314.4 fu=0.02 dose=1000 tau=12 state=ss cmax=60 t=10 ka=1.0 fa=0.9 CYP2C9.ki=0.2 | Baldwin 1995 (HLM)
benzbromarone | mw=424.1 fu=0.01 dose=100 tau=24 state=ss cmax=2 t=4 ka=0.7 fa=0.6 CYP2C9.ki=0.02 | Locuson 2003
deferasirox | mw=373.4 fu=0.01 dose=1500 tau=24 state=ss cmax=40 t=14 ka=0.7 fa=0.7 CYP2C8.ki=1.0 CYP1A2.ki=1.5 | label
mexiletine | mw=179.3 fu=0.40 dose=200 tau=8 state=ss cmax=1.2 t=10 ka=1.5 fa=0.88 CYP1A2.ki=0.6 CYP2D6.ki=10 | label; Konishi 1999, Wei 1999 (HLM: 0.28 to 6, middle)
ciprofloxacin | mw=331.3 fu=0.70 dose=500 tau=12 state=ss cmax=2.5 t=4.5 ka=1.5 fa=0.75 CYP1A2.ki=14 CYP3A4.ki=60 | label; Karjalainen 2008, Granfors 2004c (HLM)
enoxacin | mw=320.3 fu=0.60 dose=400 tau=12 state=ss cmax=3.5 t=5 ka=1.5 fa=0.88 CYP1A2.ki=2.0 | Sarkar 1990, Karjalainen 2008 (HLM)
norfloxacin | mw=319.3 fu=0.85 dose=400 tau=12 state=ss cmax=1.5 t=4 ka=1.0 fa=0.45 CYP1A2.ki=40 CYP3A4.ki=50 | Karjalainen 2008 (HLM)
ethinylestradiol | mw=296.4 fu=0.02 dose=0.03 tau=24 state=ss cmax=0.0001 t=15 ka=1.0 fa=0.9 CYP1A2.ki=10.6 CYP3A4.KI=18 CYP3A4.kinact=2.4 | Karjalainen 2008 (HLM; oral contraceptives act more than this tells); label
rofecoxib | mw=314.4 fu=0.13 dose=25 tau=24 state=ss cmax=0.3 t=17 ka=0.5 fa=0.93 CYP1A2.KI=4.8 CYP1A2.kinact=4.2 | Karjalainen 2006 (HLM)
zileuton | mw=236.3 fu=0.07 dose=600 tau=6 state=ss cmax=5 t=2.5 ka=1.0 fa=0.9 CYP1A2.KI=117 CYP1A2.kinact=2.1 CYP1A2.ki=60 | Lu 2003 (HLM)
vemurafenib | mw=489.9 fu=0.005 dose=960 tau=12 state=ss cmax=62 t=57 ka=0.2 fa=0.6 CYP1A2.ki=0.3 CYP3A4.emax=3 CYP3A4.ec50=1 | label
viloxazine | mw=237.3 fu=0.15 dose=700 tau=24 state=ss cmax=3.7 t=7 ka=0.4 fa=0.88 CYP1A2.ki=0.2 CYP2D6.ki=40 | label
propranolol | mw=259.3 fu=0.10 dose=80 tau=12 state=ss cmax=0.10 t=4 ka=1.0 fa=0.95 CYP2D6.ki=2 CYP1A2.ki=20 | Rowland 1996 (HLM)
isoniazid | mw=137.1 fu=0.90 dose=300 tau=24 state=ss cmax=5 t=3 ka=2.0 fa=0.9 CYP3A4.KI=50 CYP3A4.kinact=1.3 CYP2C19.ki=30 | Wen 2002b (HLM)
imatinib | mw=493.6 fu=0.05 dose=400 tau=24 state=ss cmax=2.6 t=18 ka=0.8 fa=0.98 CYP3A4.KI=14 CYP3A4.kinact=4.3 CYP2D6.ki=8 | Filppula 2012 (HLM)
nilotinib | mw=529.5 fu=0.02 dose=400 tau=12 state=ss cmax=2.3 t=17 ka=0.4 fa=0.6 CYP3A4.ki=0.4 UGT1A1.ki=0.2 CYP2C8.ki=0.3 P-gp.ki=1.7 | label; Ai 2014
crizotinib | mw=450.3 fu=0.09 dose=250 tau=12 state=ss cmax=0.4 t=42 ka=0.4 fa=0.6 CYP3A4.KI=0.9 CYP3A4.kinact=6.6 | label; Mao 2013
idelalisib | mw=415.4 fu=0.16 dose=150 tau=12 state=ss cmax=2.0 t=8 ka=1.0 fa=0.8 CYP3A4.ki=1.0 | label
idelalisib>gs-563117 | mw=431 fu=0.12 dose=150 tau=12 state=ss cmax=5.0 t=11 ka=0.8 fa=0 CYP3A4.KI=0.18 CYP3A4.kinact=2.0 CYP3A4.ki=5.1 | label; Jin 2015
aprepitant | mw=534.4 fu=0.03 dose=125 tau=24 state=sd cmax=1.5 t=11 ka=0.5 fa=0.65 CYP3A4.ki=0.6 CYP2C9.emax=0.4 CYP2C9.ec50=0.1 | label; Sanchez 2004
casopitant | mw=616.6 fu=0.01 dose=150 tau=24 state=sd cmax=0.9 t=15 ka=0.5 fa=0.6 CYP3A4.ki=0.1 | Motta 2009
conivaptan | mw=498.6 fu=0.01 dose=40 tau=12 state=ss cmax=0.6 t=5 ka=1.5 fa=0.6 CYP3A4.ki=0.02 | label
simeprevir | mw=749.9 fu=0.001 dose=150 tau=24 state=ss cmax=4.0 t=12 ka=0.3 fa=0.6 OATP1B1.ki=0.01 OATP1B3.ki=0.01 CYP3A4.ki=30 P-gp.ki=20 | label; Snoeys 2016
tofisopam | mw=382.5 fu=0.40 dose=100 tau=8 state=ss cmax=0.1 t=4 ka=1.0 fa=0.8 CYP3A4.ki=0.5 | Toth 2005
grapefruit juice | mw=372 fu=0 dose=240 tau=24 state=sd cmax=0 t=1 ka=1 fa=0 CYP3A4.gutleft=0.38 OATP2B1.gutleft=0.5 | Lown 1997 (62 % loss of enterocyte CYP3A4 in biopsies); dose in mL, strength of juice differs
rifampicin | mw=822.9 fu=0.17 dose=600 tau=24 state=ss cmax=10 t=2.5 ka=1.1 fa=0.93 power=1.15 CYP3A4.emax=9 CYP3A4.ec50=0.34 CYP3A4.emaxgut=3.4 CYP3A4.ki=18.5 CYP2B6.emax=4 CYP2B6.ec50=0.34 CYP2C8.emax=3.2 CYP2C8.ec50=0.34 CYP2C8.ki=30.2 CYP2C9.emax=1.5 CYP2C9.ec50=0.34 CYP2C19.emax=4 CYP2C19.ec50=0.34 CYP1A2.emax=0.65 CYP1A2.ec50=0.34 UGT1A1.emax=1.5 UGT1A1.ec50=0.34 UGT1A9.emax=0.6 UGT1A9.ec50=0.34 UGT1A4.emax=1.2 UGT1A4.ec50=0.34 UGT2B7.emax=1.0 UGT2B7.ec50=0.34 P-gp.emax=2.5 P-gp.ec50=0.34 P-gp.ki=169 OATP1B1.ki=0.477 OATP1B3.ki=0.9 OATP1B1.emax=0.4 OATP1B1.ec50=0.34 BCRP.ki=14 | Acocella 1978, label (Cmax); Templeton 2011, Shou 2008, Buckley 2014, Chen 2010, Reitman 2011, Hirano 2006, Annaert 2010, Kajosaari 2005 (as read in OSP); gut: Kolars 1992, Greiner 1999 (biopsies: CYP3A4 4.4-fold, P-gp 3.5-fold); Rae 2001, Sahi 2009 (2C9, 2C19); Soars 2004 (UGT)
rifabutin | mw=847 fu=0.15 dose=300 tau=24 state=ss cmax=0.4 t=36 ka=0.5 fa=0.3 CYP3A4.emax=5 CYP3A4.ec50=0.15 CYP2C9.emax=0.6 CYP2C9.ec50=0.15 | label; Williamson 2011 (hepatocytes)
rifapentine | mw=877 fu=0.023 dose=600 tau=24 state=ss cmax=15 t=14 ka=0.4 fa=0.7 CYP3A4.emax=8 CYP3A4.ec50=0.2 CYP2C9.emax=1.5 CYP2C9.ec50=0.2 | label; Williamson 2011 (hepatocytes)
carbamazepine | mw=236.3 fu=0.25 dose=200 tau=12 state=ss cmax=6.0 t=15 ka=0.3 fa=0.85 power=0.85 CYP3A4.emax=6.0 CYP3A4.ec50=20 CYP2B6.emax=17 CYP2B6.ec50=22 CYP2C9.emax=1.5 CYP2C9.ec50=20 CYP2C19.emax=2 CYP2C19.ec50=20 CYP1A2.emax=2.0 CYP1A2.ec50=20 UGT1A4.emax=1.5 UGT1A4.ec50=20 P-gp.emax=2.0 P-gp.ec50=20 | label; Faucette 2007 (hepatocytes, CAR); CYP3A4 Emax: identified in the OSP carbamazepine model, read (on auto-induction, as it describes); Oscarson 2006
phenytoin | mw=252.3 fu=0.10 dose=300 tau=24 state=ss cmax=14 t=22 ka=0.3 fa=0.95 power=1.8 CYP3A4.emax=8 CYP3A4.ec50=5 CYP2B6.emax=8 CYP2B6.ec50=10 CYP2C9.emax=0.7 CYP2C9.ec50=5 CYP2C19.emax=1.0 CYP2C19.ec50=5 CYP1A2.emax=0.8 CYP1A2.ec50=5 UGT1A4.emax=1.5 UGT1A4.ec50=5 P-gp.emax=1 P-gp.ec50=5 | label; Luo 2002, Faucette 2006 (hepatocytes)
phenobarbital | mw=232.2 fu=0.50 dose=100 tau=24 state=ss cmax=20 t=90 ka=0.8 fa=0.95 CYP3A4.emax=8 CYP3A4.ec50=150 CYP2B6.emax=8 CYP2B6.ec50=150 CYP2C9.emax=1.5 CYP2C9.ec50=150 CYP1A2.emax=1.0 CYP1A2.ec50=150 UGT1A4.emax=1.5 UGT1A4.ec50=150 | label; Luo 2002, Zhang 2010 (hepatocytes)
efavirenz | mw=315.7 fu=0.006 dose=600 tau=24 state=ss cmax=4.1 t=50 ka=0.4 fa=0.65 CYP3A4.emax=5.0 CYP3A4.ec50=0.071 CYP2B6.emax=5.0 CYP2B6.ec50=0.012 CYP2C19.emax=1.5 CYP2C19.ec50=0.071 CYP2C9.ki=3 UGT1A1.emax=1.0 UGT1A1.ec50=0.071 P-gp.emax=0.6 P-gp.ec50=0.071 | label; EC50: Shou 2008, Ke 2016 with binding (read in OSP); Emax: Hariparsad 2004, Faucette 2007 (hepatocytes)
nevirapine | mw=266.3 fu=0.40 dose=200 tau=12 state=ss cmax=5.5 t=28 ka=1.0 fa=0.9 CYP3A4.emax=3 CYP3A4.ec50=15 CYP2B6.emax=4 CYP2B6.ec50=15 | label; Faucette 2007 (hepatocytes)
etravirine | mw=435.3 fu=0.001 dose=200 tau=12 state=ss cmax=0.8 t=41 ka=0.4 fa=0.6 CYP3A4.emax=4 CYP3A4.ec50=0.003 CYP2C9.ki=0.6 CYP2C19.ki=0.3 | label; Yanakakis 2012
bosentan | mw=551.6 fu=0.02 dose=125 tau=12 state=ss cmax=1.2 t=5 ka=0.6 fa=0.6 CYP3A4.emax=6 CYP3A4.ec50=0.06 CYP2C9.emax=0.8 CYP2C9.ec50=0.06 OATP1B1.ki=5 | label; Dingemanse 2004; van Giersbergen 2002
modafinil | mw=273.4 fu=0.40 dose=200 tau=24 state=ss cmax=6 t=14 ka=1.0 fa=0.9 CYP3A4.emax=2 CYP3A4.ec50=20 CYP2C19.ki=39 | label; Robertson 2000 (hepatocytes)
enzalutamide | mw=464.4 fu=0.025 dose=160 tau=24 state=ss cmax=16.6 t=140 ka=1.0 fa=0.85 CYP3A4.emax=7 CYP3A4.ec50=0.3 CYP2C9.emax=2.0 CYP2C9.ec50=0.3 CYP2C19.emax=2.5 CYP2C19.ec50=0.3 | label; Gibbons 2015
apalutamide | mw=477.4 fu=0.04 dose=240 tau=24 state=ss cmax=6.0 t=90 ka=0.8 fa=0.95 CYP3A4.emax=9 CYP3A4.ec50=0.15 CYP2C19.emax=5 CYP2C19.ec50=0.15 CYP2C9.emax=1.2 CYP2C9.ec50=0.15 | label
dexamethasone | mw=392.5 fu=0.25 dose=8 tau=12 state=ss cmax=0.08 t=3.5 ka=1.0 fa=0.8 CYP3A4.emax=5 CYP3A4.ec50=5 | McCune 2000 (hepatocytes)
pioglitazone | mw=356.4 fu=0.01 dose=45 tau=24 state=ss cmax=1.4 t=6 ka=1.0 fa=0.85 CYP3A4.emax=2 CYP3A4.ec50=0.5 CYP2C8.ki=1.7 | label; Sahi 2003 (hepatocytes)
armodafinil | mw=273.4 fu=0.40 dose=250 tau=24 state=ss cmax=10 t=15 ka=1.0 fa=0.9 CYP3A4.emax=2 CYP3A4.ec50=20 CYP2C19.ki=39 | label; Darwish 2008
hyperforin | mw=536.8 fu=0.10 dose=14.8 tau=24 state=sd cmax=0.15 t=9 ka=0.7 fa=0.8 CYP3A4.emax=5 CYP3A4.ec50=0.02 CYP3A4.emaxgut=2.4 CYP2C9.emax=0.5 CYP2C9.ec50=0.02 CYP2C19.emax=1.5 CYP2C19.ec50=0.02 P-gp.emax=0.8 P-gp.ec50=0.02 | Biber 1998 (Cmax); Moore 2000 (PXR EC50 0.023 uM), Komoroski 2004 (hepatocytes); gut: Durr 2000 (biopsies: P-gp and CYP3A4 1.4 to 1.5-fold, at 900 mg), fu not measured: assumed
st john's wort | mw=536.8 fu=0.10 dose=300 tau=8 state=ss cmax=0.15 t=9 ka=0.7 fa=0.03 CYP3A4.emax=5 CYP3A4.ec50=0.02 CYP3A4.emaxgut=2.4 CYP2C9.emax=0.5 CYP2C9.ec50=0.02 CYP2C19.emax=1.5 CYP2C19.ec50=0.02 P-gp.emax=0.8 P-gp.ec50=0.02 | as hyperforin, 3 to 4 % of the extract; products differ
cyclosporine | mw=1202.6 fu=0.03 dose=200 tau=12 state=ss cmax=1.0 t=8 ka=1.0 fa=0.5 OATP1B1.ki=0.05 OATP1B3.ki=0.05 P-gp.ki=0.5 CYP3A4.ki=1.0 BCRP.ki=2 | label; Gertz 2013, Shitara 2012 (preincubated Ki); Rautio 2006
probenecid | mw=285.4 fu=0.10 dose=1000 tau=12 state=ss cmax=140 t=6 ka=0.6 fa=0.95 power=1.2 OAT1/OAT3.ki=2.5 OAT3.ki=2.5 OATP1B1.ki=60 OATP1B3.ki=100 CYP2C19.ki=300 | Selen 1982 (Cmax, doses); Tahara 2005, Vree 1992 (OAT3); Izumi 2015 (OATP1B)
mefenamic acid | mw=241.3 fu=0.01 dose=250 tau=6 state=ss cmax=3.5 t=2.5 ka=0.8 fa=0.9 UGT1A9.ki=0.3 UGT2B7.ki=0.3 CYP2C9.ki=3 | label; Gaganis 2007 (recombinant, albumin)
valproic acid | mw=144.2 fu=0.10 dose=500 tau=12 state=ss cmax=75 t=13 ka=0.8 fa=0.98 CYP2C9.ki=600 UGT2B7.ki=1600 UGT1A4.ki=60 | Wen 2001b (HLM); Rowland 2006
dolutegravir | mw=419.4 fu=0.007 dose=50 tau=24 state=ss cmax=3.7 t=14 ka=0.6 fa=0.8 OCT2/MATE.ki=0.3 | Reese 2013
vandetanib | mw=475.4 fu=0.07 dose=300 tau=24 state=ss cmax=0.9 t=400 ka=0.2 fa=0.6 OCT2/MATE.ki=0.4 | label; Johansson 2014
pyrimethamine | mw=248.7 fu=0.13 dose=50 tau=24 state=sd cmax=0.5 t=90 ka=0.8 fa=0.95 OCT2/MATE.ki=0.08 | Kusuhara 2011, Ito 2010
ranolazine | mw=427.5 fu=0.38 dose=750 tau=12 state=ss cmax=2.0 t=7 ka=0.3 fa=0.6 CYP3A4.KI=20 CYP3A4.kinact=0.5 CYP2D6.ki=10 P-gp.ki=40 OCT2/MATE.ki=20 | label; Jerling 2006
talinolol | mw=363.5 fu=0.40 dose=100 tau=24 state=sd cmax=0.2 t=12 ka=0.4 fa=0.6 P-gp.ki=70 | Doppenschmitt 1999
dipyridamole | mw=504.6 fu=0.01 dose=150 tau=12 state=ss cmax=1.8 t=10 ka=0.4 fa=0.5 P-gp.ki=10 BCRP.ki=1 | Verstuyft 2003 (Caco-2)
linagliptin | mw=472.5 fu=0.20 dose=5 tau=24 state=ss cmax=0.005 t=12 ka=0.7 fa=0.3 P-gp.ki=66 CYP3A4.ki=100 | label
roflumilast | mw=403.2 fu=0.01 dose=0.5 tau=24 state=ss cmax=0.007 t=17 ka=1.0 fa=0.8 P-gp.ki=50 CYP3A4.ki=50 | label (no inhibition in vitro)
atorvastatin | mw=558.6 fu=0.02 dose=40 tau=24 state=ss cmax=0.015 t=14 ka=0.7 fa=0.6 CYP3A4.ki=5 P-gp.ki=40 | label; Holtzman 2006
simvastatin | mw=418.6 fu=0.05 dose=40 tau=24 state=ss cmax=0.01 t=3 ka=0.7 fa=0.6 CYP3A4.ki=0.47 CYP2C9.ki=17 | ddir-independent in vitro values, read in the roles table (doi 10.1002/cpt.150)
alprazolam | mw=308.8 fu=0.25 dose=1 tau=8 state=ss cmax=0.03 t=12 ka=1.5 fa=0.92 CYP3A4.ki=200 CYP2D6.ki=200 CYP1A2.ki=200 | label (no inhibition in vitro)
ticagrelor | mw=522.6 fu=0.01 dose=90 tau=12 state=ss cmax=0.8 t=8 ka=0.8 fa=0.4 CYP3A4.ki=8 P-gp.ki=12 | label; Zhou 2011
sitaxentan | mw=454.9 fu=0.01 dose=100 tau=24 state=ss cmax=13 t=10 ka=1.0 fa=0.8 CYP2C9.ki=0.2 | Erve 2013
tipranavir | mw=602.7 fu=0.001 dose=500 tau=12 state=ss cmax=47 t=6 ka=0.3 fa=0.5 CYP2D6.ki=0.7 CYP3A4.ki=1 P-gp.emax=1 P-gp.ec50=0.1 | label; Vourvahis 2007
abiraterone | mw=349.5 fu=0.005 dose=1000 tau=24 state=ss cmax=0.23 t=12 ka=0.7 fa=0.3 CYP2D6.ki=0.01 CYP2C8.ki=1.3 | label; Gurav 2012
lorcaserin | mw=195.7 fu=0.30 dose=10 tau=12 state=ss cmax=0.05 t=11 ka=1.0 fa=0.9 CYP2D6.ki=1.0 | label; Usmani 2012
clobazam | mw=300.7 fu=0.15 dose=20 tau=12 state=ss cmax=0.6 t=36 ka=1.0 fa=0.9 CYP2D6.ki=15 CYP3A4.emax=1.0 CYP3A4.ec50=2 | label
imipramine | mw=280.4 fu=0.10 dose=75 tau=12 state=ss cmax=0.10 t=16 ka=0.6 fa=0.95 CYP2D6.ki=4 | Murray 1992 (HLM)
"""
