/** @import { Session, Settings, StoredInstrument, Way } from './types.d.ts' */
/** @import { Voice } from './voice.js' */
import { makeCardFields, makeKeepField } from './card-fields.js'
import { makeMandateFields } from './mandate-fields.js'

/** Names that are the same in all languages. */
const brands = /** @type {Readonly<Record<string, string>>} */ ({
  PAYPAL: 'PayPal',
  TWINT: 'TWINT',
  IDEAL: 'iDEAL',
  BANCONTACT: 'Bancontact',
})
const debits = /** @type {Readonly<Record<string, string>>} */ ({
  SEPA: 'SEPA',
  BACS: 'Bacs',
  CH_DD: 'CH-DD',
  LSV: 'LSV',
})
const words = /** @type {Readonly<Record<string, string>>} */ ({
  CREDIT_CARD: 'card',
  CASH: 'cash',
  BANK_TRANSFER: 'bankTransfer',
})

/**
 * The ways of paying that a session offers: stored instruments first, then its methods in the order of the gateway.
 *
 * @param {{ session: Session, voice: Voice, settings: Settings, onChange: () => void }} page
 * @returns {readonly Way[]}
 */
export function listWays({ session, voice, settings, onChange }) {
  const { featureFlags = {}, countryCode: country } = settings
  const stored = featureFlags['storedInstruments'] === false ? [] : session.paymentInstruments
  const asksToKeep = session.amount.amount > 0 && featureFlags['saveForLater'] !== false
  return [
    ...stored.map((instrument) => ({
      label: nameInstrument(voice, instrument),
      method: instrument.type,
      instrumentToken: instrument.paymentInstrumentToken,
    })),
    ...session.paymentMethods.map((method) => {
      const label = nameMethod(voice, method)
      if (method === 'CREDIT_CARD') {
        const typesCard = session.provider === undefined
        const fields = typesCard ? makeCardFields(voice, { asksToKeep }) : makeKeepField(voice, { asksToKeep })
        return { label, method, fields }
      }
      if (!(method in debits)) return { label, method }
      return { label, method, fields: makeMandateFields(voice, session, { country, onChange }) }
    }),
  ]
}

/**
 * @param {Voice} voice
 * @param {string} method
 */
function nameMethod(voice, method) {
  const debit = debits[method]
  if (debit) return voice.say('directDebit', debit)
  return brands[method] ?? voice.say(words[method] ?? method)
}

/**
 * @param {Voice} voice
 * @param {StoredInstrument} instrument
 */
function nameInstrument(voice, { type, brand, bankName, last4 }) {
  const name = brand ?? bankName ?? nameMethod(voice, type)
  return last4 ? voice.say('stored', name, last4) : name
}
