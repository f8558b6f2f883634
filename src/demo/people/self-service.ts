import {
  communications,
  communicationThreads,
  consentLog,
  customerCommPreferences,
} from '../../communication/tables.ts'
import { amendmentConfigs, customerAmendments } from '../../self-service/tables.ts'
import { berlin, demoApp } from '../house/chain.ts'
import { london } from '../house/studios.ts'
import { plant, type Planting } from '../planting.ts'

/** Who asks for something, writes to the studio and wants its newsletter. */
const mia = 1011
const wish = 5011
const thread = 5101
const firstCommunication = 5111

/** What customers may change by themselves, a wish that waits, a conversation, a consent. */
export async function plantSelfService(planting: Planting) {
  await plantAmendments(planting)
  await plantThread(planting)
  await plantConsent(planting)
}

const ofContracts = ['CONTRACT_CANCELATION', 'MODULE_CANCELATION', 'IDLE_PERIOD'] as const

/** Berlin lets its customers change data and contracts, London asks its staff about contracts, Hamburg lets them change nothing. */
async function plantAmendments(planting: Planting) {
  const mode = 'CHANGES_REQUIRE_VERIFICATION' as const
  await planting.work.tx
    .insert(amendmentConfigs)
    .values([
      { studioId: berlin, kind: 'CONTACT_DATA', mode: 'CHANGES_WITHOUT_VERIFICATION' },
      { studioId: berlin, kind: 'ADDRESS_DATA', mode },
      { studioId: berlin, kind: 'MASTER_DATA', mode },
      { studioId: berlin, kind: 'PAYMENT_DATA', mode, requireSignature: true },
      ...ofContracts.map((kind) => ({ studioId: berlin, kind, mode: 'CHANGES_WITHOUT_VERIFICATION' as const })),
      ...ofContracts.map((kind) => ({ studioId: london, kind, mode })),
    ])
  const proposed = { street: 'Seestr.', houseNumber: '5a', zipCode: '13347', city: 'Berlin', countryCode: 'DE' }
  await plant(planting, customerAmendments, [
    {
      id: wish,
      customerId: mia,
      studioId: berlin,
      kind: 'ADDRESS_DATA' as const,
      status: 'PENDING' as const,
      base: {},
      proposed,
      changedFields: Object.keys(proposed),
      requestedBy: 'API_KEY',
      requestedAt: planting.work.now.subtract({ hours: 20 }),
    },
  ])
}

const said = [
  ['INCOMING', 'EMAIL', 50, 'I received two invoices this month, but I only made one purchase.'],
  ['OUTGOING', 'PHONE', 44, 'Called back: the second invoice was for the guest pass. She asks for a copy.'],
  ['OUTGOING', 'EMAIL', 43, 'Here is the copy of the invoice that you asked for.'],
] as const

async function plantThread(planting: Planting) {
  const subject = 'Invoice for the guest pass'
  await plant(planting, communicationThreads, [
    {
      id: thread,
      customerId: mia,
      status: 'ONGOING' as const,
      subject,
      agent: 'Peter Meyer',
      ticketNumber: 'A123456',
      ticketLink: 'https://tickets.example.org/A123456',
      integrationId: demoApp,
    },
  ])
  await plant(
    planting,
    communications,
    said.map(([direction, channel, hoursAgo, content], n) => ({
      id: firstCommunication + n,
      threadId: thread,
      customerId: mia,
      direction,
      channel,
      content,
      subject: n === 0 ? 'Two invoices' : subject,
      agent: n === 0 ? null : 'Peter Meyer',
      occurredAt: planting.work.now.subtract({ hours: hoursAgo }),
    })),
  )
}

/** Mia reads the newsletter; the log says since when. */
async function plantConsent({ work }: Planting) {
  const chosen = { customerId: mia, category: 'NEWSLETTER' as const, channel: 'EMAIL' as const }
  const at = work.now.subtract({ hours: 24 * 30 })
  await work.tx.insert(customerCommPreferences).values({ ...chosen, active: true, source: 'STAFF', updatedAt: at })
  await work.tx.insert(consentLog).values({ ...chosen, oldActive: false, newActive: true, actor: 'STAFF', at })
}
