import { findStudio } from '../../studios/index.ts'
import { defined } from '../../platform/values/defined.ts'
import { readMoney } from '../../platform/values/money.ts'
import { presentMoney } from '../../platform/api/values.ts'
import { findIdentity } from '../sessions/identity-store.ts'
import { listChoosable } from '../instruments/instrument-store.ts'
import { isDirectDebit, type Method } from '../method-rules.ts'
import { findSession } from '../sessions/session-store.ts'
import { findSettings } from '../settings-store.ts'
import { provider } from '../providers.ts'
import type { Payer } from './gateway-door.ts'
import type { Gateway } from './payer-session.ts'
import { presentInstrument } from './present-instrument.ts'
import { mandateText } from './mandate-text.ts'
import { embeddedPage } from '../page/page-address.ts'
import { findBegunRequest } from './requests.ts'
import { isBefore } from '../../platform/time/order.ts'

/** What a payer's browser has to know to offer the ways of paying. */
export function showSession(gateway: Gateway, payer: Payer) {
  const { units, secrets } = gateway.deps
  return units.read(payer.caller, async ({ db, now }) => {
    const session = await findSession(db, payer.sessionId)
    if (!session) throw new Error('A session that was found is not there.')
    const settings = await findSettings(db, session.studioId)
    const identity = await findIdentity(db, session.identity)
    const customerId = session.customerId ?? identity?.customerId ?? null
    const { takes, publishableKey } = await provider.capabilities({ db }, session.studioId)
    const stored = session.showExisting && customerId !== null ? await listChoosable(db, customerId) : []
    const offered: readonly Method[] = session.methods
    const isOver = !isBefore(now, session.validUntil)
    const needsMandate = offered.some(isDirectDebit)
    return {
      studioName: (await findStudio(db, session.studioId))?.name ?? '',
      state: session.state === 'OPEN' && isOver ? 'EXPIRED' : session.state,
      scope: session.scope,
      amount: presentMoney(readMoney(session.amount, session.currency, 'amount')),
      referenceText: session.referenceText,
      paymentMethods: offered,
      paymentInstruments: stored
        .filter(({ type, providerRef }) =>
          offered.some((method) => method === type && (isDirectDebit(method) || takes(providerRef))),
        )
        .map((row) => presentInstrument(row, secrets)),
      requireDirectDebitSignature: session.requireSignature,
      embeddedPage: embeddedPage(payer.tenantId, session.studioId),
      ...defined({ paymentRequest: await findBegunRequest(gateway, { db }, payer) }),
      validUntil: session.validUntil.toString({ fractionalSecondDigits: 6 }),
      ...(needsMandate ? { mandateText: mandateText(settings, payer.language) } : {}),
      ...(needsMandate && settings?.creditorId ? { creditorId: settings.creditorId } : {}),
      ...(publishableKey === undefined ? {} : { provider: 'STRIPE', publishableKey }),
    }
  })
}
