import type { TestApp } from '../app.ts'

export const euro = (amount: number) => ({ amount, currency: 'EUR' })

/** A person who is not known yet, as a client describes one. */
export const newcomer = {
  firstName: 'Peter',
  lastName: 'Muller',
  dateOfBirth: '1990-05-05',
  email: 'peter@mail.example',
  language: { languageCode: 'de' },
  street: 'Allee',
  city: 'Berlin',
  zipCode: '10435',
  countryCode: 'DE',
}

/** Previews of a sign-up on 1 July 2026, in English, unless the contract or the customer says otherwise. */
export function previewScene(app: TestApp) {
  const preview = (contract: object, customer: object = {}) =>
    app.post(
      '/v1/memberships/signup/preview',
      { contract: { startDate: '2026-07-01', ...contract }, customer: { ...newcomer, ...customer } },
      { headers: { 'accept-language': 'en' } },
    )
  /** The end of the code of a refusal about memberships, else the whole code; 200 where nothing is refused. */
  const refusal = async (contract: object, customer?: object) => {
    const { status, body } = await preview(contract, customer)
    return status === 400 ? body.errorCode.replace('errormessage.membership.', '') : status
  }
  return { preview, refusal }
}
