/** What the country of the studio asks of a person. */
export interface TaxFacts {
  readonly studioCountry: string
  /** Verify the check characters of a tax id, not only its form. */
  readonly isStrict: boolean
  readonly taxId: string | undefined
  readonly hasDocument: boolean
  readonly placeOfBirth: string | undefined
  readonly countryOfBirth: string | undefined
}

export type TaxRefusal = 'TAX_ID_REQUIRED' | 'TAX_ID_INVALID' | 'PLACE_OF_BIRTH_REQUIRED'

const forms: Readonly<Record<string, RegExp>> = { ES: /^[0-9A-Z]{8,10}$/, IT: /^[0-9A-Z]{16}$/ }
const checks: Readonly<Record<string, (taxId: string) => boolean>> = { ES: isSpanishTaxId, IT: isItalianTaxId }

/** The first thing that a Spanish or Italian studio misses about a person; other countries ask for nothing. */
export function judgeTaxData(facts: TaxFacts): TaxRefusal | undefined {
  const form = forms[facts.studioCountry]
  if (!form) return undefined
  const taxId = facts.taxId?.toUpperCase()
  if (!taxId && !facts.hasDocument) return 'TAX_ID_REQUIRED'
  if (taxId && !form.test(taxId)) return 'TAX_ID_INVALID'
  if (taxId && facts.isStrict && checks[facts.studioCountry]?.(taxId) === false) return 'TAX_ID_INVALID'
  const wasBornThere = (facts.countryOfBirth ?? 'IT') === 'IT'
  if (facts.studioCountry === 'IT' && wasBornThere && !facts.placeOfBirth) return 'PLACE_OF_BIRTH_REQUIRED'
  return undefined
}

/** NIF and NIE: the letter is the number modulo 23; a NIE begins with X, Y or Z for 0, 1, 2. */
function isSpanishTaxId(taxId: string): boolean {
  const [, prefix = '', digits = '', letter] = /^([XYZ]?)(\d{7,8})([A-Z])$/.exec(taxId) ?? []
  if (letter === undefined || prefix.length + digits.length !== 8) return false
  const number = Number(`${prefix === '' ? '' : 'XYZ'.indexOf(prefix)}${digits}`)
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === letter
}

/** Values of characters in odd positions, 0 to 9; letters A to J have the values of the digits. */
const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

/** Codice fiscale: the last letter is the sum of the values of the fifteen before it, modulo 26. */
function isItalianTaxId(taxId: string): boolean {
  const characterValue = (character: string) =>
    /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 65
  const sum = Array.from(taxId.slice(0, 15)).reduce((total, character, index) => {
    const value = characterValue(character)
    return total + (index % 2 === 0 ? (oddValues[value] ?? 0) : value)
  }, 0)
  return taxId[15] === String.fromCharCode(65 + (sum % 26))
}
