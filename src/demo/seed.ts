import { randomBytes } from 'node:crypto'
import type { Platform } from '../platform/platform.ts'
import type { UnitOfWork } from '../platform/units/work.ts'
import { bookable, plantAppointments, plantBookables } from './planning/appointments.ts'
import { plantBelongings } from './people/belongings.ts'
import { plantCalendarFeed } from './house/calendar-feeds.ts'
import { plantCatalogue } from './house/catalogue.ts'
import { plantCollection } from './people/collection.ts'
import { plantBenefits } from './access/benefits.ts'
import { demoTenant, otherTenant, plantDemoChain, plantOtherChain } from './house/chain.ts'
import { classBookings, plantClassBookings } from './planning/class-bookings.ts'
import { livestream, missionBeachBody, plantClasses } from './planning/classes.ts'
import { plantBooks } from './contracts/books.ts'
import { drawMemberships, findEnds } from './contracts/memberships.ts'
import { plantContracts } from './contracts/plant-contracts.ts'
import { storyContracts } from './contracts/story-contracts.ts'
import { plantInstruments } from './contracts/ways-of-paying.ts'
import { plantDevices } from './access/devices.ts'
import { plantEmployees } from './house/employees.ts'
import { plantOffers } from './house/offers.ts'
import { plantSwitches } from './house/switches.ts'
import { plantOfferVouchers } from './house/offer-vouchers.ts'
import { closeEarlierDays, plantTaxExports } from './house/tax-exports.ts'
import { plantFiles } from './people/files.ts'
import { plantLeads } from './people/leads.ts'
import { memberContracts, members } from './people/members.ts'
import { plantMoney } from './people/money.ts'
import { plantPayments } from './people/payments.ts'
import { plantPeople, plantStoryPeople } from './people/people.ts'
import { plantPasses } from './access/passes.ts'
import { openPlanting, type Planting } from './planting.ts'
import { plantResources } from './planning/resources.ts'
import { plantSelfService } from './people/self-service.ts'
import { plantSlots } from './planning/slots.ts'
import { clearTenant, hasTenant, lockSeeding } from './store.ts'
import { openDay, plantTrialOffers, trialWeek } from './planning/trial-offers.ts'
import { plantUsages } from './people/usages.ts'
import { plantVisits } from './access/visits.ts'
import { plantVouchers } from './access/vouchers.ts'
import { plantWebhooks } from './house/webhooks.ts'
import { plantWeighings } from './people/weighings.ts'

/** Plants the demo chain and its neighbour; does nothing for one that is there already. */
export async function seedDemo(platform: Platform) {
  await seedTenant(platform, otherTenant, plantOtherChain)
  await seedTenant(platform, demoTenant, plantEverything)
}

/** Removes both chains with everything that has happened in them, and plants them anew. */
export async function resetDemo(platform: Platform) {
  for (const { id } of [demoTenant, otherTenant]) {
    await platform.database.transaction(id, (tx) => clearTenant(tx, platform.real.now()))
    platform.tenantClocks?.forget(id)
  }
  await seedDemo(platform)
}

/** All or nothing: a start that is interrupted leaves no half of a chain behind. */
async function seedTenant(
  platform: Platform,
  tenant: { readonly id: number; readonly slug: string },
  plantAll: (planting: Planting) => Promise<void>,
) {
  if (await platform.database.read('none', (db) => hasTenant(db, tenant.slug))) return
  const caller = {
    actor: { kind: 'CLI', id: null, detail: { command: 'demo seed' } } as const,
    tenantId: tenant.id,
    traceId: randomBytes(16).toString('hex'),
  }
  await platform.units.write(caller, async (work: UnitOfWork) => {
    await lockSeeding(work.tx)
    if (await hasTenant(work.tx, tenant.slug)) return
    await plantAll(openPlanting(platform, work))
  })
}

async function plantEverything(planting: Planting) {
  await plantDemoChain(planting)
  await plantEmployees(planting)
  await plantCatalogue(planting)
  await plantOffers(planting)
  await plantSwitches(planting)
  await plantOfferVouchers(planting)
  const contracts = storyContracts(planting.today)
  const drawn = await drawMemberships(planting, [...contracts, ...memberContracts])
  await plantStoryPeople(planting, findEnds(drawn))
  await plantPeople(planting, members, findEnds(drawn))
  await plantContracts(planting, drawn)
  await plantBelongings(planting)
  await plantInstruments(planting)
  await plantBooks(planting, drawn)
  await closeEarlierDays(planting)
  await plantMoney(planting)
  await plantPayments(planting)
  await plantCollection(planting)
  await plantTaxExports(planting)
  await plantWeighings(planting)
  await plantPasses(planting)
  await plantVisits(planting)
  await plantResources(planting)
  await plantClasses(planting)
  await plantCalendarFeed(planting)
  await plantSlots(planting, classBookings)
  await plantClassBookings(planting)
  await plantBookables(planting)
  await plantTrialOffers(planting, [
    { configId: trialWeek, classId: missionBeachBody.id },
    { configId: trialWeek, bookableId: bookable.trialTraining },
    { configId: openDay, classId: livestream.id },
  ])
  await plantAppointments(planting)
  await plantUsages(planting, contracts)
  await plantLeads(planting)
  await plantBenefits(planting)
  await plantVouchers(planting)
  await plantDevices(planting)
  await plantSelfService(planting)
  await plantFiles(planting)
  await plantWebhooks(planting)
}
