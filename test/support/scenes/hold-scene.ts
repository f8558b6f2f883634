import assert from 'node:assert/strict'
import { activations, apiKeys, integrations } from '../../../src/integrations/tables.ts'
import { sql } from 'drizzle-orm'
import type { UnitOfWork } from '../../../src/platform/units/work.ts'
import type { TestAnswer, TestApp, TestCall } from '../app.ts'
import { type BookingWish, insertTrainer } from './appointment-world.ts'
import { listEvents } from '../records.ts'
import { appointmentBody, trialScene } from './trial-scene.ts'
import { allScopes, type TestStudio } from './world.ts'

const holds = '/ext/v1/holds'
const base = '/v1/trial-offers'
type Time = Omit<BookingWish, 'customerId'>

/** The words of {@link trialScene}, and those of holds. */
export function holdScene(app: TestApp) {
  const holdSeat = (classSlotId: number, call?: TestCall) => app.post(`${holds}/classes`, { classSlotId }, call)
  const holdTime = ({ bookableId, ...time }: Time) => {
    const { customerId: _nobody, ...body } = appointmentBody({ ...time, bookableId, customerId: 0 })
    return app.post(`${holds}/appointments`, body)
  }
  const must = async (answer: Promise<{ status: number; body: any; text: string }>): Promise<number> => {
    const { status, body, text } = await answer
    assert.equal(status, 200, text)
    return body.holdId
  }
  const trials = trialScene(app)
  return {
    ...trials,
    holdSeat,
    holdTime,
    mustHoldSeat: (classSlotId: number) => must(holdSeat(classSlotId)),
    mustHoldTime: (time: Time) => must(holdTime(time)),
    readHold: (holdId: number, call?: TestCall) => app.get(`${holds}/${holdId}`, call),
    release: (holdId: number, call?: TestCall) => app.delete(`${holds}/${holdId}`, call),
    expire: (holdId: number) => app.write((work) => expire(work, holdId)),
    /** A bookable on trial that needs the only trainer. */
    arrangeTrainer: async () => {
      const { resourceId, employeeId } = await app.write((work) => insertTrainer(work, app.berlin))
      const lines = [{ kind: 'EMPLOYEE' as const, pool: [resourceId] }]
      return { ...(await trials.arrangeBookable({}, { lines })), employeeId }
    },
    eventsAbout: async (...ids: number[]) =>
      (await listEvents(app)).filter(({ entityId }) => ids.includes(entityId)).map(({ type }) => type),
    fetchHoldStatus: async (holdId: number): Promise<string> => (await app.get(`${holds}/${holdId}`)).body.status,
    useSeat: (holdId: number, customerId: number, classSlotId: number, call?: TestCall) =>
      app.post(`${base}/classes/booking/book`, { customerId, classSlotId, holdId }, call),
    checkSeat: (holdId: number, customerId: number, classSlotId: number) =>
      app.post(`${base}/classes/booking/validate`, { customerId, classSlotId, holdId }),
    useTime: (holdId: number, wish: BookingWish, what = 'book') =>
      app.post(`${base}/appointments/booking/${what}`, { ...appointmentBody(wish), holdId }),
  }
}

/** The end of a hold passes, and nobody has stored it yet. */
async function expire({ tx, now }: UnitOfWork, holdId: number) {
  const past = now.subtract({ milliseconds: 1 }).toString()
  await tx.execute(sql`update bookings set confirm_deadline = ${past}, held_until = ${past} where id = ${holdId}`)
}

/** Status and code of a refusal, without what all codes begin with. */
export const readCode = ({ status, body }: TestAnswer) => `${status} ${body.errorCode?.replace('errormessage.', '')}`

/** A second integration of Berlin. */
export async function openSecondIntegration({ platform, berlin }: TestApp): Promise<TestStudio> {
  const { tenantId, studioId } = berlin
  const [integrationId, activationId] = [19, 1999]
  const key = 'pal_in_testSecond'.padEnd(47, '0')
  const at = Temporal.Instant.from('2026-06-01T00:00Z')
  const stamps = { createdAt: at, updatedAt: at }
  await platform.database.transaction(tenantId, async (tx) => {
    const scopes = [...allScopes]
    await tx
      .insert(integrations)
      .values({ id: integrationId, name: 'Second', requestedScopes: scopes, webhookAccess: false, ...stamps })
    const activation = { id: activationId, integrationId, studioId, status: 'ACTIVE' as const, scopes }
    await tx.insert(activations).values({ ...activation, ...stamps })
    const keyHash = platform.secrets.hash('api-key', key)
    const state = { kind: 'INBOUND', status: 'ACTIVE', hint: '0000', createdAt: at } as const
    await tx.insert(apiKeys).values({ activationId, keyHash, ...state })
  })
  return { ...berlin, activationId, integrationId, key }
}
