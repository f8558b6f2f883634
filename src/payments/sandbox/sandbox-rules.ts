/** What the sandbox does with a card or wallet. */
export const behaviours = [
  'APPROVES',
  'DECLINES',
  'HAS_NO_FUNDS',
  'CHALLENGES',
  'FAILS_LATER',
  'DISPUTED',
  'CAPTURES_SLOWLY',
] as const
export type Behaviour = (typeof behaviours)[number]

interface TestCard {
  readonly brand: 'Visa' | 'Mastercard'
  readonly behaviour: Behaviour
}

/** The only card numbers that the sandbox takes; they are published and belong to nobody. */
const testCards: Readonly<Record<string, TestCard>> = {
  '4242424242424242': { brand: 'Visa', behaviour: 'APPROVES' },
  '4111111111111111': { brand: 'Visa', behaviour: 'APPROVES' },
  '5555555555554444': { brand: 'Mastercard', behaviour: 'APPROVES' },
  '4000000000000002': { brand: 'Visa', behaviour: 'DECLINES' },
  '4000000000009995': { brand: 'Visa', behaviour: 'HAS_NO_FUNDS' },
  '4000002760003184': { brand: 'Visa', behaviour: 'CHALLENGES' },
  '4000000000000341': { brand: 'Visa', behaviour: 'FAILS_LATER' },
  '4000000000000259': { brand: 'Visa', behaviour: 'DISPUTED' },
  '4000000000000119': { brand: 'Visa', behaviour: 'CAPTURES_SLOWLY' },
}

export function findTestCard(number: string): TestCard | undefined {
  const digits = number.replaceAll(/[\s-]/g, '')
  return Object.hasOwn(testCards, digits) ? testCards[digits] : undefined
}

/** How long a slow card takes. */
export const SLOW_CAPTURE = Temporal.Duration.from({ seconds: 30 })
/** After how long the holder of a card contests it. */
export const DISPUTE_AFTER = Temporal.Duration.from({ hours: 24 })

/** The reference of a stored instrument says how it behaves; it holds no number. */
export const nameInstrument = (behaviour: Behaviour, unique: string) => `sandbox_${behaviour}_${unique}`

export function readInstrument(ref: string): Behaviour {
  return behaviours.find((each) => ref.startsWith(`sandbox_${each}_`)) ?? 'DECLINES'
}

export interface Charge {
  readonly behaviour: Behaviour
  /** Whether money is asked for, or an instrument only stored. */
  readonly asksMoney: boolean
  /** The payer is not there: a known instrument is charged. */
  readonly isStored: boolean
}

export type FirstAnswer = 'AUTHORISED' | 'ACTION_REQUIRED' | 'AUTHORIZATION_DECLINED' | 'INSUFFICIENT_COVERING'

/** What the sandbox answers first. */
export function answerCharge({ behaviour, asksMoney, isStored }: Charge): FirstAnswer {
  switch (behaviour) {
    case 'DECLINES':
      return 'AUTHORIZATION_DECLINED'
    case 'HAS_NO_FUNDS':
      return 'INSUFFICIENT_COVERING'
    case 'CHALLENGES':
      return isStored ? 'AUTHORISED' : 'ACTION_REQUIRED'
    case 'FAILS_LATER':
      return isStored && asksMoney ? 'AUTHORIZATION_DECLINED' : 'AUTHORISED'
    case 'APPROVES':
    case 'DISPUTED':
    case 'CAPTURES_SLOWLY':
      return 'AUTHORISED'
  }
}

/** Accounts whose bank returns every direct debit, with the code that it gives. They are published and belong to nobody. */
export const returningAccounts: readonly (readonly [iban: string, code: string])[] = [
  ['DE62370400440532013001', 'AM04'],
  ['DE35370400440532013002', 'AC04'],
  ['DE08370400440532013003', 'MD06'],
  ['DE78370400440532013004', 'MD01'],
]
