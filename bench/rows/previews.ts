import { setImmediate } from 'node:timers/promises'
import { loadOffers } from '../../src/membership-offers/index.ts'
import { planContract } from '../../src/membership-offers/catalogue/price-plan.ts'
import {
  planInitialSchedule,
  planVolume,
  sumDueOnSigning,
} from '../../src/membership-offers/pricing/initial-schedule.ts'
import { Database } from '../../src/platform/database/database.ts'
import { type Load, runLoad } from '../load.ts'
import { addOffer, moneyIds, TERM_MONTHS } from '../money-world.ts'
import type { BenchRow, Setting } from '../report.ts'
import { ids } from '../world.ts'

const CLIENTS = 8

/** What a membership of 24 months would cost, against the calculation of its plan and its lines in a loop. */
export async function measurePreview(setting: Setting): Promise<BenchRow> {
  const { palestra, headers, seconds, today, url, client } = setting
  await addOffer(client)
  const load: Load = {
    url: palestra.url,
    headers,
    seconds,
    connections: CLIENTS,
    method: 'POST',
    path: () => '/v1/memberships/signup/preview',
    body: (n) => JSON.stringify({ contract: wish(today), customer: person(n) }),
  }
  await runLoad({ ...load, seconds: 2 })
  const calculate = await openCalculation(url, today)
  const measured = []
  const floors = []
  for (let round = 0; round < 3; round++) {
    const result = await runLoad(load)
    if (result.not2xx > 0) throw new Error(`${result.not2xx} previews were refused.`)
    measured.push(result.perSecond)
    floors.push(await repeat(calculate, seconds))
  }
  const [ours, floor] = [median(measured), median(floors)]
  const work = `POST sign-up preview, ${TERM_MONTHS} months, against the calculation alone`
  return { work, ours, floor, ratio: ours / floor, atLeast: 0.4, aim: 0.7 }
}

export const wish = (today: Temporal.PlainDate) => ({
  contractOfferTermId: moneyIds.term,
  startDate: today.toString(),
})

/** A person who is not known yet. */
export const person = (n: number) => ({
  firstName: `Erika${n}`,
  lastName: `Mustermann${n}`,
  dateOfBirth: '1990-05-17',
  email: `erika${n}@example.net`,
  street: 'Heidestraße',
  houseNumber: '17',
  zipCode: '51147',
  city: 'Köln',
  countryCode: 'DE',
  language: { languageCode: 'de' },
})

/** What a preview calculates, by what it has read before. */
async function openCalculation(url: string, today: Temporal.PlainDate) {
  const database = new Database({ connectionString: url, size: 1, monotonicMs: () => performance.now() })
  const offers = await database.read(ids.tenant, (db) =>
    loadOffers(db, { studioId: ids.studio, offerIds: [moneyIds.offer] }),
  )
  await database.close()
  const term = offers[0]?.terms[0]
  if (!term) throw new Error('The measured offer has no term.')
  const birthDate = Temporal.PlainDate.from('1990-05-17')
  const purchase = { currency: 'EUR', start: today, useFrom: today, signedOn: today, preUse: 'NOT_AVAILABLE' } as const
  return () => {
    const plan = planContract(term, { ...purchase, birthDate, modules: [] })
    const lines = planInitialSchedule(plan)
    return [lines.length, sumDueOnSigning(lines, plan.currency), planVolume(plan)]
  }
}

/** How often something can be done in a second, one after the other. */
async function repeat(work: () => unknown, seconds: number): Promise<number> {
  const begun = performance.now()
  let done = 0
  for (; performance.now() - begun < seconds * 1000; done++) {
    work()
    if (done % 100 === 0) await setImmediate()
  }
  return done / ((performance.now() - begun) / 1000)
}

export const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
