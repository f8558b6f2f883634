import { randomUUID } from 'node:crypto'
import { text } from 'node:stream/consumers'
import { sql } from 'drizzle-orm'
import { accountsModule, bookPayment, chargeCustomer, listLegalEntities } from '../../../src/accounts/index.ts'
import { updateLegalEntity } from '../../../src/accounts/staff-api.ts'
import { configurePayments, enterMandate, paymentsModule, takeRunFile } from '../../../src/payments/index.ts'
import { type Behaviour, nameInstrument } from '../../../src/payments/sandbox/sandbox-rules.ts'
import * as api from '../../../src/payments/staff-api.ts'
import { findFile } from '../../../src/platform/files/store.ts'
import { dateIn } from '../../../src/platform/time/zoned-time.ts'
import { formatAmount, readMoney } from '../../../src/platform/values/money.ts'
import type { TestApp } from '../app.ts'
import { selectAccount } from './accounts.ts'
import { addCustomer } from './customers.ts'
import { openStaff } from './staff.ts'

export const iban = 'DE89370400440532013000'

/** What tests of payment runs arrange and ask. */
export async function openRunScene(app: TestApp) {
  const { studioId } = app.berlin
  await app.write((work) => configurePayments(work, studioId, { creditorId: 'DE98ZZZ09999999999' }))
  const today = () => app.read(async ({ now }) => dateIn(now, 'Europe/Berlin'))
  return { studioId, today, ...arrange(app, today), ...steps(app), ...reads(app) }
}

export type RunScene = Awaited<ReturnType<typeof openRunScene>>

function arrange(app: TestApp, today: () => Promise<Temporal.PlainDate>) {
  const { studioId } = app.berlin
  let charges = 0

  /** A claim in the journal, due today or on another day. */
  async function charge(customerId: number, amount: string, due?: string, description = 'Membership fee') {
    const dueOn = due === undefined ? await today() : Temporal.PlainDate.from(due)
    const wish = { customerId, studioId, amount: readMoney(amount, 'EUR', 'amount'), description, dueOn } as const
    const kind = { kind: 'PRINCIPAL_CLAIM', chargeType: 'OTHER', journalKey: `run-scene:${++charges}` } as const
    return app.write((work) => chargeCustomer(work, { ...wish, ...kind }))
  }

  /** A customer who is debited by a mandate on paper. */
  async function member(mandate: { readonly isOneOff?: boolean; readonly signed?: string } = {}): Promise<number> {
    const customerId = await addCustomer(app)
    const { isOneOff = false, signed } = mandate
    const paper = { customerId, iban, holder: 'Jürgen Müller', signed, isOneOff }
    await app.write((work) => enterMandate(work, app.platform.secrets, paper))
    return customerId
  }

  /** A customer who is charged by a card of the sandbox. */
  async function cardHolder(behaviour: Behaviour = 'APPROVES'): Promise<number> {
    const customerId = await member()
    const ref = nameInstrument(behaviour, randomUUID())
    await app.write(({ tx }) =>
      tx.execute(sql`update payment_instruments set type = 'CREDIT_CARD', provider_ref = ${ref}, mandate_ref = null
        where customer_id = ${customerId}`),
    )
    return customerId
  }

  /** The legal entity can be paid; it comes into being with its first customer. */
  async function openBank() {
    const [books] = await app.read(({ db }) => listLegalEntities(db))
    const account = { accountHolder: 'Gym Öl GmbH', iban: 'DE75512108001245126199', bic: 'SOGEDEFFXXX' }
    await openStaff(app, accountsModule).run(updateLegalEntity, { legalEntityId: books?.id }, account)
  }

  let payments = 0
  /** Pays at the desk, some claims first. */
  function payCash(customerId: number, amount: string, claimIds: readonly number[] = []) {
    const wish = { customerId, studioId, amount: readMoney(amount, 'EUR', 'amount'), method: 'CASH', claimIds } as const
    const journalKey = `run-scene:${++payments}`
    return app.write((work) => bookPayment(work, { ...wish, description: 'Paid at the desk', journalKey }))
  }

  /** Nothing of these customers is collected any more, so that the runs of later tests are without them. */
  const retire = (...customerIds: readonly number[]) =>
    app.write(({ tx }) =>
      tx.execute(sql`update payment_instruments set is_run_default = false, state = 'REPLACED'
        where customer_id = any(${sql.param([...customerIds])}::bigint[])`),
    )

  return { charge, member, cardHolder, openBank, payCash, retire }
}

const operations = {
  export: api.exportPaymentRun,
  submit: api.submitPaymentRun,
  cancel: api.cancelPaymentRun,
  retry: api.retryPaymentRun,
}

function steps(app: TestApp) {
  const { studioId, tenantId } = app.berlin
  const staff = openStaff(app, paymentsModule)
  const settle = () => app.app.scheduler.runDue(tenantId)
  const show = (paymentRunId: number) => staff.run(api.showPaymentRun, { paymentRunId })

  const draft = async (wish: object = {}): Promise<number> =>
    (await staff.run(api.draftPaymentRun, {}, { studioId, ...wish })).paymentRunId

  async function step(what: keyof typeof operations, paymentRunId: number) {
    await staff.run(operations[what], { paymentRunId })
    await settle()
    return show(paymentRunId)
  }

  /** Noon of the collection date, when the run is booked. */
  async function collect(paymentRunId: number) {
    const { collectionDate } = await show(paymentRunId)
    const noon = { timeZone: 'Europe/Berlin', plainTime: '12:00' }
    await app.travelTo(Temporal.PlainDate.from(collectionDate).toZonedDateTime(noon).toInstant().toString())
    return show(paymentRunId)
  }

  return { staff, settle, show, draft, step, collect }
}

function reads(app: TestApp) {
  const staff = openStaff(app, paymentsModule)
  const items = async (paymentRunId: number) => (await staff.run(api.listPaymentRunItems, { paymentRunId })).items
  const findItem = async (paymentRunId: number, customerId: number) =>
    (await items(paymentRunId)).find((item: any) => item.customerId === customerId)
  const balance = (customerId: number) =>
    app.read(async ({ db }) => formatAmount((await selectAccount(db, customerId)).balance))

  async function file(paymentRunId: number): Promise<string> {
    const fileId = await app.write((work) => takeRunFile(work, paymentRunId))
    const stored = await app.platform.database.read('none', (db) => findFile(db, fileId))
    const bytes = stored && (await app.platform.files.open(stored, { first: 0, last: stored.size - 1 }))
    return bytes ? text(bytes) : ''
  }

  return { items, findItem, balance, file }
}
