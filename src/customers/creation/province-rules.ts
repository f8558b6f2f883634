/** ISO 3166-2 codes without the country, each followed by its name, for the countries whose addresses need them. */
const lists: Readonly<Record<string, string>> = {
  US: `AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,
    DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,
    LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,
    NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,
    OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,
    UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming,AS American Samoa,GU Guam,
    MP Northern Mariana Islands,PR Puerto Rico,UM United States Minor Outlying Islands,VI U.S. Virgin Islands`,
  CA: `AB Alberta,BC British Columbia,MB Manitoba,NB New Brunswick,NL Newfoundland and Labrador,NS Nova Scotia,
    NT Northwest Territories,NU Nunavut,ON Ontario,PE Prince Edward Island,QC Quebec,SK Saskatchewan,YT Yukon`,
  ES: `A Alicante,AB Albacete,AL Almería,AV Ávila,B Barcelona,BA Badajoz,BI Bizkaia,BU Burgos,C A Coruña,CA Cádiz,
    CC Cáceres,CO Córdoba,CR Ciudad Real,CS Castellón,CU Cuenca,GC Las Palmas,GI Girona,GR Granada,GU Guadalajara,H Huelva,
    HU Huesca,J Jaén,L Lleida,LE León,LO La Rioja,LU Lugo,M Madrid,MA Málaga,MU Murcia,NA Navarra,O Asturias,OR Ourense,
    P Palencia,PM Illes Balears,PO Pontevedra,S Cantabria,SA Salamanca,SE Sevilla,SG Segovia,SO Soria,SS Gipuzkoa,
    T Tarragona,TE Teruel,TF Santa Cruz de Tenerife,TO Toledo,V Valencia,VA Valladolid,VI Álava,Z Zaragoza,ZA Zamora,
    AN Andalucía,AR Aragón,AS Asturias,CB Cantabria,CE Ceuta,CL Castilla y León,CM Castilla-La Mancha,CN Canarias,
    CT Cataluña,EX Extremadura,GA Galicia,IB Illes Balears,MC Murcia,MD Madrid,ML Melilla,NC Navarra,PV País Vasco,
    RI La Rioja,VC Comunitat Valenciana`,
  IT: `AG Agrigento,AL Alessandria,AN Ancona,AO Aosta,AP Ascoli Piceno,AQ L'Aquila,AR Arezzo,AT Asti,AV Avellino,BA Bari,
    BG Bergamo,BI Biella,BL Belluno,BN Benevento,BO Bologna,BR Brindisi,BS Brescia,BT Barletta-Andria-Trani,BZ Bolzano,
    CA Cagliari,CB Campobasso,CE Caserta,CH Chieti,CL Caltanissetta,CN Cuneo,CO Como,CR Cremona,CS Cosenza,CT Catania,
    CZ Catanzaro,EN Enna,FC Forlì-Cesena,FE Ferrara,FG Foggia,FI Firenze,FM Fermo,FR Frosinone,GE Genova,GO Gorizia,
    GR Grosseto,IM Imperia,IS Isernia,KR Crotone,LC Lecco,LE Lecce,LI Livorno,LO Lodi,LT Latina,LU Lucca,
    MB Monza e Brianza,MC Macerata,ME Messina,MI Milano,MN Mantova,MO Modena,MS Massa-Carrara,MT Matera,NA Napoli,
    NO Novara,NU Nuoro,OR Oristano,PA Palermo,PC Piacenza,PD Padova,PE Pescara,PG Perugia,PI Pisa,PN Pordenone,PO Prato,
    PR Parma,PT Pistoia,PU Pesaro e Urbino,PV Pavia,PZ Potenza,RA Ravenna,RC Reggio Calabria,RE Reggio Emilia,RG Ragusa,
    RI Rieti,RM Roma,RN Rimini,RO Rovigo,SA Salerno,SI Siena,SO Sondrio,SP La Spezia,SR Siracusa,SS Sassari,
    SU Sud Sardegna,SV Savona,TA Taranto,TE Teramo,TN Trento,TO Torino,TP Trapani,TR Terni,TS Trieste,TV Treviso,UD Udine,
    VA Varese,VB Verbano-Cusio-Ossola,VC Vercelli,VE Venezia,VI Vicenza,VR Verona,VT Viterbo,VV Vibo Valentia`,
}

const names: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  Object.entries(lists).map(([country, list]) => [country, new Map(list.split(',').map(codeAndName))]),
)

function codeAndName(entry: string): [code: string, name: string] {
  const [code = '', ...words] = entry.trim().split(' ')
  return [code, words.join(' ')]
}

/** The name of a province; undefined when the country has no such code, or when we know no list of it. */
export function provinceName(country: string, code: string): string | undefined {
  return names.get(country)?.get(code)
}

/** Whether codes of this country's provinces can be checked. */
export function knowsProvinces(country: string): boolean {
  return names.has(country)
}
