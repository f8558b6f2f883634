/** @import { Fields } from './types.d.ts' */
/** @import { Voice } from './voice.js' */
import { make, makeInput, makeTick } from './elements.js'
import { readExpiry } from './expiry.js'

/**
 * What a payer types of a card.
 *
 * @param {Voice} voice
 * @param {{ readonly asksToKeep: boolean }} options
 * @returns {Fields}
 */
export function makeCardFields(voice, { asksToKeep }) {
  const number = makeInput(voice.say('cardNumber'), {
    name: 'cardNumber',
    required: true,
    inputmode: 'numeric',
    autocomplete: 'cc-number',
    maxlength: '25',
  })
  const expiry = makeInput(voice.say('cardExpiry'), {
    name: 'cardExpiry',
    required: true,
    inputmode: 'numeric',
    autocomplete: 'cc-exp',
    placeholder: '12/30',
    maxlength: '9',
    input: () => expiry.input.setCustomValidity(''),
  })
  const holder = makeInput(voice.say('cardHolder'), { name: 'cardHolder', autocomplete: 'cc-name', maxlength: '100' })
  const keep = makeTick(voice.say('keep'), 'keep')
  const read = () => {
    const ends = readExpiry(expiry.input.value)
    expiry.input.setCustomValidity(ends || expiry.input.value === '' ? '' : voice.say('expiryWrong'))
    if (![number, expiry, holder].every(({ input }) => input.reportValidity())) return undefined
    const name = holder.input.value.trim()
    return {
      card: { number: number.input.value, ...ends, ...(name === '' ? {} : { holder: name }) },
      ...(asksToKeep ? { saveForLater: keep.input.checked } : {}),
    }
  }
  const shown = [number, expiry, holder, ...(asksToKeep ? [keep] : [])]
  return {
    element: make('div', {}, ...shown.map(({ element }) => element)),
    canSubmit: () => true,
    read,
    fillHolder: (name) => {
      if (holder.input.value === '') holder.input.value = name
    },
  }
}

/**
 * What a payer decides about a card that the provider asks for in its own fields.
 *
 * @param {Voice} voice
 * @param {{ readonly asksToKeep: boolean }} options
 * @returns {Fields}
 */
export function makeKeepField(voice, { asksToKeep }) {
  const keep = makeTick(voice.say('keep'), 'keep')
  return {
    element: make('div', {}, ...(asksToKeep ? [keep.element] : [])),
    canSubmit: () => true,
    read: () => (asksToKeep ? { saveForLater: keep.input.checked } : {}),
    fillHolder: () => {},
  }
}
