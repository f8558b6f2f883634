import { badRequest, notFound, refuseFields, violation } from '../platform/errors/errors.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { defined } from '../platform/values/defined.ts'
import { findStudio } from '../studios/index.ts'
import { ecomMethods, memberMethods } from './method-rules.ts'
import { isWebOrigin } from './origins.ts'
import { closeSessions } from './sessions/ending-store.ts'
import { findSettings, type PaymentSettings, saveSettings } from './settings-store.ts'
import { findAccount } from './stripe/stripe-store.ts'

/** What staff change; what is left out stays, an empty text is none. */
export type SettingChanges = {
  readonly [K in keyof Omit<PaymentSettings, 'studioId'>]?: PaymentSettings[K] | undefined
}

/** Everything that the studio's currency allows. */
const firstSettings = {
  active: true,
  provider: 'SANDBOX',
  memberMethods: [...memberMethods],
  ecomMethods: [...ecomMethods],
  sessionMinutes: 60,
  allowedOrigins: [],
  mandateText: null,
  creditorId: null,
} satisfies Omit<PaymentSettings, 'studioId'>

/** Changes how people can pay in a studio; the first change switches payments on. */
export async function configurePayments(work: UnitOfWork, studioId: number, changes: SettingChanges) {
  if (!(await findStudio(work.tx, studioId))) throw notFound('studio', studioId)
  for (const [index, origin] of (changes.allowedOrigins ?? []).entries()) {
    if (isWebOrigin(origin)) continue
    throw refuseFields([violation(`allowedOrigins[${index}]`, 'format', { type: 'STRING', value: 'origin' })])
  }
  const before: PaymentSettings = (await findSettings(work.tx, studioId)) ?? { studioId, ...firstSettings }
  if (changes.provider !== undefined && changes.provider !== before.provider) {
    await changeProvider(work, studioId, changes.provider)
  }
  const after = { ...before, ...defined(changes) } as PaymentSettings
  const none = (text: string | null) => (text === null || text.trim() === '' ? null : text.trim())
  const saved = { ...after, mandateText: none(after.mandateText), creditorId: none(after.creditorId) }
  await saveSettings(work.tx, saved, work.now)
  const diff = Object.fromEntries(
    Object.keys(defined(changes)).map((field) => {
      const key = field as keyof PaymentSettings
      return [field, [before[key], saved[key]] as const]
    }),
  )
  work.audit({ action: 'paymentSettings.changed', entityKind: 'studio', entityId: studioId, studioId, diff })
}

/**
 * Another provider takes over. What payers have begun with the one before ends now: nobody pays with a card of the sandbox
 * once money moves.
 */
async function changeProvider(work: UnitOfWork, studioId: number, provider: PaymentSettings['provider']) {
  if (provider === 'STRIPE' && !(await findAccount(work.tx, studioId))) {
    throw badRequest('errormessage.payment.accountMissing', { reference: 'provider' })
  }
  await closeSessions(work.tx, studioId, work.now)
}
