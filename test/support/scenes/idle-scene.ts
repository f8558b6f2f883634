import { eq } from 'drizzle-orm'
import type { ContractPlan } from '../../../src/membership-offers/index.ts'
import { idleReasons } from '../../../src/membership-offers/tables.ts'
import { configureAmendments } from '../../../src/self-service/index.ts'
import type { IdlePolicySnapshot } from '../../../src/contracts/signed/snapshot.ts'
import { idlePeriods } from '../../../src/contracts/tables.ts'
import { openTestApp } from '../app.ts'
import { makeForm, type TestPart } from '../multipart.ts'
import { listEvents } from '../records.ts'
import { day, months, samplePlan } from '../samples/contract-plan.ts'
import { showClaims, signPlan } from './contract-scene.ts'
import { addCustomer } from './customers.ts'

/** A month costs 5.00, one of a year is free. */
export const policy: IdlePolicySnapshot = {
  enabled: true,
  temporalUnit: 'MONTH',
  maxTerms: 3,
  limitWindow: 'CONTRACT_YEAR',
  freeTerms: 1,
  leadDays: 0,
  nextStartOnly: false,
  startAlignment: 'CALENDAR',
  feeType: 'TERM_BASED',
  amount: null,
  amountPerUnit: '5.00',
  percentage: null,
  recurringCharges: false,
  accessRefusal: true,
  extendsContract: true,
  unlimitedAllowed: false,
  dayShortening: false,
  suspendsModules: true,
}
export const byDay = {
  ...policy,
  temporalUnit: 'DAY',
  maxTerms: 30,
  freeTerms: 0,
  feeType: 'NONE',
  amountPerUnit: null,
} as const
export const endless = {
  ...policy,
  startAlignment: 'BILLING_PERIOD',
  recurringCharges: true,
  freeTerms: 0,
  unlimitedAllowed: true,
  dayShortening: true,
} as const
/** Twelve months from 1 January 2026 on, extended by twelve, three months of notice. */
export const yearly = samplePlan({
  extension: { type: 'TERM_EXTENSION', next: months(12) },
  cancelationPeriod: months(3),
})
export const final = samplePlan({ extension: { type: 'NONE' } })
export const fromMiddle = samplePlan({ start: day('2026-01-15'), extension: { type: 'NONE' } })

type Mode = 'READ' | 'CHANGES_REQUIRE_VERIFICATION' | 'CHANGES_WITHOUT_VERIFICATION'

/** Berlin, where members pause at once, with one reason that needs a document. */
export async function openIdleScene(now = '2025-12-20T10:00:00+01:00') {
  const app = await openTestApp({
    now,
    environment: { PALESTRA_RATELIMIT_DEFAULT: '100000' },
  })
  const { studioId } = app.berlin
  const decide = (mode: Mode) =>
    app.write((work) => configureAmendments(work, { studioId, kind: 'IDLE_PERIOD', mode, requireSignature: false }))
  const addReason = (name: string, documentRequired: boolean) =>
    app.write(async ({ tx, now }) => {
      const reason = { studioId, name, documentRequired, position: 0, createdAt: now, updatedAt: now }
      const [row] = await tx.insert(idleReasons).values(reason).returning({ id: idleReasons.id })
      return row?.id ?? 0
    })
  await decide('CHANGES_WITHOUT_VERIFICATION')
  const vacation = await addReason('Vacation', false)
  const illness = await addReason('Illness', true)
  const sign = async (plan: ContractPlan, idlePolicy: IdlePolicySnapshot) => {
    const customerId = await addCustomer(app)
    return signed(app, { customerId, vacation, contractId: await signPlan(app, customerId, plan, { idlePolicy }) })
  }
  const findRow = async (id: number) =>
    (await app.read(({ db }) => db.select().from(idlePeriods).where(eq(idlePeriods.id, id))))[0]
  return { app, decide, vacation, illness, sign, findRow }
}

export type Signed = ReturnType<typeof signed>

interface Named {
  readonly customerId: number
  readonly contractId: number
  readonly vacation: number
}

/** A contract that may pause, and what is done with it through the API; the reason is the vacation. */
function signed(app: Awaited<ReturnType<typeof openTestApp>>, { customerId, contractId, vacation }: Named) {
  const path = `/v1/memberships/${contractId}/self-service/idle-periods`
  const withReason = (data: object) => JSON.stringify({ reasonId: vacation, ...data })
  const asForm = (data: object, more: readonly TestPart[] = []) =>
    makeForm([{ name: 'data', content: withReason(data), type: 'application/json' }, ...more])
  const account = `/v1/customers/${customerId}/account/transactions/upcoming?sliceSize=50`
  const news = async () => (await listEvents(app)).filter((event) => event.customerId === customerId)
  return {
    customerId,
    contractId,
    path,
    pause: (data: object, ...more: TestPart[]) => app.sendRaw('POST', path, asForm(data, more)),
    change: (id: number, data: object) => app.sendRaw('PUT', `${path}/${id}`, asForm(data)),
    preview: (id: number, data: object) =>
      app.sendRaw('PUT', `${path}/${id}/preview`, {
        headers: { 'content-type': 'application/json' },
        payload: withReason(data),
      }),
    validate: async (data: object) => {
      const { body, text } = await app.post(`${path}/validate`, data)
      return body.validationStatus ?? text
    },
    withdraw: (id: number) => app.sendRaw('DELETE', `${path}/${id}`, {}),
    list: async () => (await app.get(path)).body,
    claims: () => showClaims(app, contractId),
    contract: async () => (await app.get(`/v1/customers/${customerId}/contracts`)).body[0],
    /** Charges that fall due from a day on, as the account shows them. */
    upcomingFrom: async (from: string): Promise<any[]> =>
      (await app.get(account)).body.result.filter(({ dueDate }: { dueDate: string }) => dueDate >= from),
    idleNews: async () =>
      (await news())
        .filter(({ type }) => type.startsWith('CONTRACT_IDLE'))
        .map(({ type, content }) => ({ type, content })),
  }
}

export const refusal = ({ status, body }: { status: number; body: any }) => [status, body?.errorCode]

/** The part of what a preview and the list of upcoming charges say that clients compare. */
export const comparable = (charges: any[]) =>
  charges.map(({ dueDate, description, amount, paidPeriodFrom, paidPeriodTo, chargeType }) => ({
    dueDate,
    description,
    amount,
    paidPeriodFrom,
    paidPeriodTo,
    chargeType,
  }))
