import { randomUUID } from 'node:crypto'
import { badRequest, refuseFields, violation } from '../../platform/errors/errors.ts'
import { formatAmount } from '../../platform/values/money.ts'
import { ecomMethods } from '../method-rules.ts'
import {
  type CardInput,
  type ChargeWish,
  type Provider,
  type ProviderAnswer,
  ProviderSilent,
  type StoredInstrument,
} from '../provider.ts'
import {
  answerCharge,
  type Behaviour,
  findTestCard,
  nameInstrument,
  readInstrument,
  SLOW_CAPTURE,
} from './sandbox-rules.ts'
import { findCharge, insertCharge, lockCharge, type SandboxCharge, updateCharge } from './sandbox-store.ts'
import { isBefore } from '../../platform/time/order.ts'

/**
 * A provider that takes no money: it knows test cards only, remembers every charge, and behaves towards us as a real one.
 */
export const sandbox: Provider = {
  capabilities: () => Promise.resolve({ methods: ecomMethods, takes: (ref) => ref?.startsWith('stripe/') !== true }),

  async authorise(run, wish) {
    const source = readSource(wish)
    const asksMoney = wish.amount.minor > 0n
    const first = answerCharge({ behaviour: source.behaviour, asksMoney, isStored: wish.source.kind === 'STORED' })
    const state = wish.source.kind === 'METHOD' ? 'ACTION_REQUIRED' : toState(first)
    const { key, amount } = wish
    const row = {
      key,
      behaviour: source.behaviour,
      amount: formatAmount(amount),
      currency: amount.currency,
      state,
    } as const
    const charge = await run(async ({ tx, now }) => {
      await insertCharge(tx, row, now)
      return lockCharge(tx, key)
    })
    if (!charge) throw new ProviderSilent()
    return toAnswer(charge, source.instrument)
  },

  async find(run, key) {
    const charge = await run(({ tx }) => findCharge(tx, key))
    return charge && toAnswer(charge)
  },

  async capture(run, key) {
    const outcome = await run(async ({ tx, now }) => {
      const charge = await lockCharge(tx, key)
      return charge ? captureCharge(charge, now, (changes) => updateCharge(tx, charge.id, changes, now)) : FAILED
    })
    if (outcome === 'SILENT') throw new ProviderSilent()
    return outcome
  },

  async release(run, key) {
    await run(async ({ tx, now }) => {
      const charge = await lockCharge(tx, key)
      if (charge?.state === 'AUTHORISED' || charge?.state === 'ACTION_REQUIRED') {
        await updateCharge(tx, charge.id, { state: 'VOIDED' }, now)
      }
    })
  },

  /** No money was taken, and none goes back: the refund is known by its own key. */
  refund: (_, { refundKey }) => Promise.resolve({ ref: `sandbox:${refundKey}`, hasFailed: false }),
}

const FAILED = { failed: 'AUTHORIZATION_DECLINED' } as const

function toState(first: ReturnType<typeof answerCharge>): SandboxCharge['state'] {
  return first === 'AUTHORISED' || first === 'ACTION_REQUIRED' ? first : 'DECLINED'
}

function toAnswer({ state, behaviour, actionKey }: SandboxCharge, instrument?: StoredInstrument): ProviderAnswer {
  const known = instrument ? { instrument } : {}
  switch (state) {
    case 'AUTHORISED':
    case 'CAPTURED':
    case 'DISPUTED':
      return { kind: 'AUTHORISED', ...known }
    case 'ACTION_REQUIRED': {
      const type = behaviour === 'CHALLENGES' ? 'CHALLENGE' : 'REDIRECT'
      return { kind: 'ACTION_REQUIRED', action: { type, path: `/sandbox/actions/${actionKey}` }, ...known }
    }
    case 'DECLINED':
    case 'VOIDED':
      return { kind: 'DECLINED', reason: declineReason(behaviour) }
  }
}

const declineReason = (behaviour: Behaviour) =>
  behaviour === 'HAS_NO_FUNDS' ? 'INSUFFICIENT_COVERING' : 'AUTHORIZATION_DECLINED'

type Source = { readonly behaviour: Behaviour; readonly instrument?: StoredInstrument }

function readSource({ source }: ChargeWish): Source {
  switch (source.kind) {
    case 'STORED':
      return { behaviour: readInstrument(source.ref) }
    case 'METHOD':
      if (source.method === 'CREDIT_CARD') throw refuseFields([violation('card', 'required')])
      return { behaviour: 'APPROVES' }
    case 'CARD':
      return readCard(source.card)
  }
}

function readCard({ number, expiryMonth, expiryYear }: CardInput): Source {
  const card = findTestCard(number)
  if (!card) throw badRequest('errormessage.payment.cardNotAccepted', { reference: 'card.number' })
  const digits = number.replaceAll(/\D/g, '')
  const expiry = Temporal.PlainDate.from({ year: expiryYear, month: expiryMonth, day: 31 }, { overflow: 'constrain' })
  const ref = nameInstrument(card.behaviour, randomUUID())
  const instrument = { ref, brand: card.brand, last4: digits.slice(-4), first6: digits.slice(0, 6), expiry }
  return { behaviour: card.behaviour, instrument }
}

type Save = (changes: Partial<Pick<SandboxCharge, 'state' | 'capturedAt'>>) => Promise<void>

/** A slow card takes the money, and says so only when it is asked again later. */
async function captureCharge(charge: SandboxCharge, now: Temporal.Instant, save: Save) {
  if (charge.state === 'CAPTURED') return isLate(charge, now) ? 'SILENT' : ('CAPTURED' as const)
  if (charge.state !== 'AUTHORISED') return FAILED
  const capturedAt = charge.behaviour === 'CAPTURES_SLOWLY' ? now.add(SLOW_CAPTURE) : now
  await save({ state: 'CAPTURED', capturedAt })
  return isLate({ capturedAt }, now) ? 'SILENT' : ('CAPTURED' as const)
}

const isLate = ({ capturedAt }: Pick<SandboxCharge, 'capturedAt'>, now: Temporal.Instant) =>
  capturedAt !== null && isBefore(now, capturedAt)
