/** Links to modules, documents and specimens live 5 hours, all others of the catalogue shorter. */
export const linksEndAfter = { hours: 6 }
