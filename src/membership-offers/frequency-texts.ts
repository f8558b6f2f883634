import type { FrequencyRecord } from './catalogue/frequency-store.ts'
import { toTerm } from './catalogue/price-plan.ts'
import type { Term } from './pricing/terms.ts'
import type { Speaker } from './wording.ts'

/** When something is paid, without what it costs. */
export type Rhythm =
  | { readonly type: 'FREE' | 'NON_RECURRING' }
  | { readonly type: 'RECURRING'; readonly step: Term | undefined }
  | {
      readonly type: 'MONTH_DAY'
      readonly recurring: boolean
      readonly days: readonly { readonly month: number; readonly day: number }[]
    }
  | { readonly type: 'TERM_BASED'; readonly offsets: readonly Term[] }

type Spoken = Pick<FrequencyRecord, 'type' | 'termValue' | 'termUnit' | 'recurring' | 'entries'>

/** When is paid, in words: `Every 6 months`, `Every year on 31 March, 30 September`. */
export function formatFrequency(frequency: Spoken, speaker: Speaker): string {
  return formatRhythm(readRhythm(frequency), speaker)
}

/** The same of a rhythm. */
export function formatRhythm(rhythm: Rhythm, speaker: Speaker): string {
  switch (rhythm.type) {
    case 'FREE':
      return speaker.say('offertext.frequency.free')
    case 'NON_RECURRING':
      return speaker.say('offertext.frequency.oneTime')
    case 'RECURRING':
      return rhythm.step ? speaker.capitalise(speaker.every(rhythm.step)) : speaker.say('offertext.frequency.oneTime')
    case 'MONTH_DAY': {
      const days = rhythm.days.map((day) => formatDay(day, speaker.language))
      const code = rhythm.recurring ? 'offertext.frequency.yearly' : 'offertext.frequency.once'
      return speaker.capitalise(speaker.say(code, days.join(', ')))
    }
    case 'TERM_BASED': {
      const terms = rhythm.offsets.map((term) => speaker.lapsed(term))
      return speaker.capitalise(speaker.say('offertext.frequency.after', terms.join(', ')))
    }
  }
}

function readRhythm(frequency: Spoken): Rhythm {
  const { type, recurring, entries } = frequency
  switch (type) {
    case 'FREE':
    case 'NON_RECURRING':
      return { type }
    case 'RECURRING':
      return { type, step: toTerm(frequency.termValue, frequency.termUnit) }
    case 'MONTH_DAY':
      return { type, recurring, days: entries.flatMap(({ month, day }) => (month && day ? [{ month, day }] : [])) }
    case 'TERM_BASED':
      return { type, offsets: entries.flatMap(({ offsetValue, offsetUnit }) => toTerm(offsetValue, offsetUnit) ?? []) }
  }
}

/** Plain English is not American: the day comes first. In a leap year, so that 29 February is a day too. */
function formatDay(day: { readonly month: number; readonly day: number }, language: string): string {
  const date = Temporal.PlainDate.from({ year: 2000, ...day })
  return date.toLocaleString(language === 'en' ? 'en-GB' : language, { day: 'numeric', month: 'long' })
}
