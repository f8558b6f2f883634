/**
 * Whatever people type, paste or see as an apostrophe: those of keyboards, the okina and its like, breathings and accents that
 * stand alone, the geresh, and other signs that Unicode lists as easily taken for one. Letters are not among them.
 */
export const apostrophes =
  "'’‘‛‚`´′‵ʼʻʽʾʿʹˈˊˋˀˁ˴\u0374\u0384\u0559\u055A\u055B\u055D\u05F3\u07F4\u07F5\u1FBD\u1FBF\u1FEF\u1FFD\u1FFE❛❜Ꞌꞌ\uFF07\uFF40"
