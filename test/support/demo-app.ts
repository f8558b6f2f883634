import { pino } from 'pino'
import { appointmentBooking, bookable } from '../../src/demo/planning/appointments.ts'
import { berlin, demoTenant, hamburg, otherTenant } from '../../src/demo/house/chain.ts'
import { classBooking } from '../../src/demo/planning/class-bookings.ts'
import { classPlans, missionBeachBody } from '../../src/demo/planning/classes.ts'
import { anna, ben, chris } from '../../src/demo/house/employees.ts'
import { idleReason } from '../../src/demo/house/catalogue.ts'
import { offer } from '../../src/demo/house/offers.ts'
import { moduleIds } from '../../src/demo/house/catalogue.ts'
import { inboundKey } from '../../src/demo/house/keys.ts'
import { memberIds } from '../../src/demo/people/members.ts'
import { bob, edgar, ida, lea, max, nora, otto, rita, tim } from '../../src/demo/people/people.ts'
import { seedDemo } from '../../src/demo/seed.ts'
import { namedSlot, slotId } from '../../src/demo/planning/slots.ts'
import { openDay, trialWeek } from '../../src/demo/planning/trial-offers.ts'
import { saveClockState } from '../../src/platform/time/clock-store.ts'
import { readConfig } from '../../src/platform/config/config.ts'
import { openPlatform } from '../../src/platform/platform.ts'
import { openTestApp, TEST_NOW, type TestApp } from './app.ts'
import { preparedDatabase } from './database.ts'
import type { TestWorld } from './scenes/world.ts'

/** The application on a database with the demo chain, at the frozen moment of all tests. */
export interface DemoApp extends TestApp {
  /** Ids of the demo chain by the name of the field that carries them. */
  readonly knownIds: Readonly<Record<string, readonly number[]>>
  readonly trialIds: Readonly<Record<string, readonly number[]>>
}

const zone = 'Europe/Berlin'
const world: TestWorld = {
  berlin: {
    tenantId: demoTenant.id,
    studioId: 123,
    activationId: 1123,
    integrationId: 11,
    key: inboundKey('demoBerlinFull'),
    zone,
  },
  hamburg: {
    tenantId: demoTenant.id,
    studioId: 124,
    activationId: 1124,
    integrationId: 11,
    key: inboundKey('demoHamburgFull'),
    zone,
  },
  stranger: {
    tenantId: otherTenant.id,
    studioId: 223,
    activationId: 2123,
    integrationId: 21,
    key: inboundKey('demoOtherFull'),
    zone,
  },
}

const bookings = [...Object.values(appointmentBooking), ...Object.values(classBooking)]

/** What the generated requests of the fuzzer find something with. */
const knownIds: DemoApp['knownIds'] = {
  customerId: [edgar, max, ida, nora, rita, bob, otto, 1002, 1003, 1006, ...memberIds.slice(0, 20)],
  classId: classPlans.map(({ id }) => id),
  classSlotId: Object.values(namedSlot),
  bookableAppointmentId: Object.values(bookable),
  bookingId: bookings,
  id: [anna, ben, chris, 7201, 7202],
  employeeId: [anna, ben, chris],
  instructorIds: [anna, ben, chris],
  trialOfferConfigId: [trialWeek, openDay],
  configId: [trialWeek, openDay],
  studioId: [berlin, hamburg],
  contractId: [1000, 1004, 1009, 2205],
  membershipOfferId: Object.values(offer),
  reasonId: Object.values(idleReason),
  additionalModuleId: [moduleIds.drinks.id, moduleIds.towels.id, moduleIds.sauna.id],
  paymentFrequencyId: [6904, 6905, 6906],
  onlineOfferId: [741, 401, 402, 403, 404],
  offerId: [401, 402, 403, 404],
  additionalInformationFieldId: [301, 302, 303, 304, 305, 306],
  additionalFieldId: [302, 305, 306],
  targetStudioId: [hamburg],
}

/** Hardly any person may try something, and hardly anything is to be tried: these are taken for calls of trials. */
const trialIds: DemoApp['knownIds'] = {
  ...knownIds,
  customerId: [lea, tim, 1002],
  // Far enough from the appointments that the calls before have booked.
  classSlotId: [60, 80, 100].map((days) => slotId(missionBeachBody.id, days)),
  bookableAppointmentId: [bookable.trialTraining],
}

/** Plants the demo chain into a migrated database, with its clocks frozen at the moment of all tests. */
async function plantDemo(connectionString: string) {
  const config = readConfig({ PALESTRA_DEMO: 'true', PALESTRA_TEST_CLOCK: 'true', PALESTRA_STORAGE: 'db' })
  const platform = openPlatform({ config, connectionString, log: pino({ level: 'silent' }) })
  try {
    const frozenAt = Temporal.Instant.from(TEST_NOW)
    for (const { id } of [demoTenant, otherTenant]) {
      await platform.database.transaction(id, (tx) => saveClockState(tx, id, { mode: 'FROZEN', frozenAt }, frozenAt))
    }
    await seedDemo(platform)
  } finally {
    await platform.close()
  }
}

export async function openDemoApp(environment: Readonly<Record<string, string>> = {}): Promise<DemoApp> {
  const database = await preparedDatabase('demo', plantDemo)
  const app = await openTestApp({ database, world, environment })
  const close = async () => {
    await app.close()
    await database.drop()
  }
  return { ...app, knownIds, trialIds, close, [Symbol.asyncDispose]: close }
}
