import type { FrequencyRecord } from './catalogue/frequency-store.ts'
import { toTerm } from './catalogue/price-plan.ts'
import type { Term } from './pricing/terms.ts'
import type { Speaker } from './wording.ts'

type Spoken = Pick<FrequencyRecord, 'type' | 'termValue' | 'termUnit' | 'recurring' | 'entries'>

/** When is paid, in words: `Every 6 months`, `Every year on 31 March, 30 September`. */
export function formatFrequency(frequency: Spoken, speaker: Speaker): string {
  switch (frequency.type) {
    case 'FREE':
      return speaker.say('offertext.frequency.free')
    case 'NON_RECURRING':
      return speaker.say('offertext.frequency.oneTime')
    case 'RECURRING': {
      const step = toTerm(frequency.termValue, frequency.termUnit)
      return step ? speaker.capitalise(speaker.every(step)) : speaker.say('offertext.frequency.oneTime')
    }
    case 'MONTH_DAY': {
      const days = listMonthDays(frequency).map((day) => formatDay(day, speaker.language))
      const code = frequency.recurring ? 'offertext.frequency.yearly' : 'offertext.frequency.once'
      return speaker.capitalise(speaker.say(code, days.join(', ')))
    }
    case 'TERM_BASED': {
      const terms = listOffsets(frequency).map((term) => speaker.lapsed(term))
      return speaker.capitalise(speaker.say('offertext.frequency.after', terms.join(', ')))
    }
  }
}

/** In a leap year, so that 29 February is a day too. */
function listMonthDays({ entries }: Spoken): Temporal.PlainDate[] {
  return entries.flatMap(({ month, day }) =>
    month && day ? [Temporal.PlainDate.from({ year: 2000, month, day })] : [],
  )
}

/** Plain English is not American: the day comes first. */
function formatDay(day: Temporal.PlainDate, language: string): string {
  return day.toLocaleString(language === 'en' ? 'en-GB' : language, { day: 'numeric', month: 'long' })
}

function listOffsets({ entries }: Spoken): Term[] {
  return entries.flatMap(({ offsetValue, offsetUnit }) => toTerm(offsetValue, offsetUnit) ?? [])
}
