"""Trade names of often prescribed medicines that the open sources leave out: written down by us from their labels."""

from __future__ import annotations

_TEXT = """
abemaciclib: verzenio, verzenios
acalabrutinib: calquence
afatinib: gilotrif, giotrif
alectinib: alecensa
alirocumab: praluent
amitriptyline: elavil, saroten
apalutamide: erleada
apixaban: eliquis
aripiprazole: abilify, abilify maintena
atogepant: qulipta
atomoxetine: strattera
axitinib: inlyta
brexpiprazole: rexulti
brigatinib: alunbrig
buprenorphine: subutex, sublocade, temgesic
cabozantinib: cabometyx, cometriq
canagliflozin: invokana
cariprazine: vraylar, reagila
cenobamate: xcopri, ontozry
cetirizine: zyrtec
cobimetinib: cotellic
dabigatran etexilate: pradaxa
dabrafenib: tafinlar
dapagliflozin: farxiga, forxiga
darolutamide: nubeqa
dasatinib: sprycel
dolutegravir: tivicay
doravirine: pifeltro
dulaglutide: trulicity
edoxaban: lixiana, savaysa
elagolix: orilissa
empagliflozin: jardiance
encorafenib: braftovi
entrectinib: rozlytrek
enzalutamide: xtandi
eplerenone: inspra
erdafitinib: balversa
esketamine: spravato
evolocumab: repatha
ezetimibe: zetia, ezetrol
febuxostat: uloric, adenuric
fentanyl: duragesic, durogesic
fexofenadine: allegra, telfast
finerenone: kerendia
fingolimod: gilenya
gilteritinib: xospata
ibrutinib: imbruvica
isavuconazole: cresemba
ivabradine: procoralan, corlanor
ivacaftor: kalydeco
ivosidenib: tibsovo
lacosamide: vimpat
lamotrigine: lamictal
larotrectinib: vitrakvi
lenvatinib: lenvima
letermovir: prevymis
linagliptin: tradjenta, trajenta
linezolid: zyvox
liraglutide: victoza, saxenda
lorlatinib: lorbrena, lorviqua
lumateperone: caplyta
lurasidone: latuda
macitentan: opsumit
maraviroc: selzentry, celsentri
mavacamten: camzyos
melatonin: circadin
memantine: namenda, axura
methylphenidate: ritalin, concerta, medikinet
mirabegron: myrbetriq, betmiga
mirtazapine: remeron
mycophenolic acid: myfortic, mycophenolate, mycophenolate sodium
naloxegol: movantik, moventig
neratinib: nerlynx
nilotinib: tasigna
nintedanib: ofev, vargatef
olaparib: lynparza
ondansetron: zofran
osimertinib: tagrisso
oxcarbazepine: trileptal
palbociclib: ibrance
paliperidone: invega, xeplion
pazopanib: votrient
perampanel: fycompa
pimavanserin: nuplazid
pirfenidone: esbriet
pitavastatin: livalo
ponatinib: iclusig
prasugrel: effient, efient
pregabalin: lyrica
raltegravir: isentress
regorafenib: stivarga
ribociclib: kisqali
rifabutin: mycobutin
rimegepant: nurtec odt, vydura
riociguat: adempas
rivaroxaban: xarelto
roflumilast: daliresp, daxas
ruxolitinib: jakafi, jakavi
saxagliptin: onglyza
selpercatinib: retevmo, retsevmo
semaglutide: ozempic, wegovy, rybelsus
sertraline: zoloft, lustral
siponimod: mayzent
solifenacin: vesicare
sorafenib: nexavar
sotorasib: lumakras, lumykras
sunitinib: sutent
suvorexant: belsomra
tadalafil: cialis, adcirca
tamsulosin: flomax, omnic
tenofovir: viread
tepotinib: tepmetko
ticagrelor: brilinta, brilique
tirzepatide: mounjaro, zepbound
tofacitinib: xeljanz
tolvaptan: samsca, jinarc, jynarque
topiramate: topamax
trametinib: mekinist
trazodone: desyrel, trittico
tucatinib: tukysa
ubrogepant: ubrelvy
upadacitinib: rinvoq
ustekinumab: stelara
valbenazine: ingrezza
vandetanib: caprelsa
varenicline: chantix, champix
venetoclax: venclexta, venclyxto
vericiguat: verquvo
vortioxetine: trintellix, brintellix
zanubrutinib: brukinsa
zolpidem: ambien, stilnox
"""

#: Substance -> trade names, lower case.
BRANDS: dict[str, tuple[str, ...]] = {
    key.strip(): tuple(b.strip() for b in brands.split(","))
    for key, _, brands in (line.partition(":") for line in _TEXT.strip().splitlines())
}
