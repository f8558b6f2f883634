/** @import { Fields, Session } from './types.d.ts' */
/** @import { Voice } from './voice.js' */
import { make, makeInput, makeTick } from './elements.js'
import { isIban } from './iban.js'
import { makeSignature } from './signature.js'

/**
 * The account, the text of the mandate, the payer's agreement, and a signature where the session asks for one.
 *
 * @param {Voice} voice
 * @param {Session} session
 * @param {{ readonly country: string | undefined, readonly onChange: () => void }} options
 * @returns {Fields}
 */
export function makeMandateFields(voice, session, { country = 'DE', onChange }) {
  const holder = makeInput(voice.say('accountHolder'), {
    name: 'accountHolder',
    required: true,
    autocomplete: 'name',
    maxlength: '70',
  })
  const iban = makeInput(voice.say('iban'), {
    name: 'iban',
    required: true,
    maxlength: '42',
    spellcheck: 'false',
    placeholder: `${country}…`,
    input: () => iban.input.setCustomValidity(''),
    change: () => judge(),
  })
  const judge = () => {
    const { value } = iban.input
    iban.input.setCustomValidity(value === '' || isIban(value) ? '' : voice.say('ibanWrong'))
  }
  const accepted = makeTick(voice.say('mandateAccept'), 'mandateAccepted')
  accepted.input.addEventListener('change', onChange)
  const signature = session.requireDirectDebitSignature ? makeSignature(voice) : undefined
  const missing = make('p', { class: 'error', role: 'alert', hidden: true }, voice.say('signatureMissing'))
  const read = () => {
    judge()
    if (![holder, iban].every(({ input }) => input.reportValidity())) return undefined
    missing.hidden = !signature?.isEmpty()
    if (signature?.isEmpty()) return undefined
    return {
      bankAccount: { holder: holder.input.value.trim(), iban: iban.input.value },
      mandateAccepted: accepted.input.checked,
      ...(signature ? { signature: signature.print() } : {}),
    }
  }
  const creditor = session.creditorId ? [make('p', {}, voice.say('creditor', session.creditorId))] : []
  const shown = [
    holder.element,
    iban.element,
    make('p', { class: 'mandate' }, session.mandateText ?? ''),
    ...creditor,
    accepted.element,
    ...(signature ? [signature.element, missing] : []),
  ]
  return {
    element: make('div', {}, ...shown),
    canSubmit: () => accepted.input.checked,
    read,
    fillHolder: (name) => {
      if (holder.input.value === '') holder.input.value = name
    },
  }
}
