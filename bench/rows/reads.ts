import { compare, type Load, runLoad } from '../load.ts'
import type { BenchRow, Setting } from '../report.ts'
import { DEVICE_TOKEN, ids } from '../world.ts'

const CONNECTIONS = 32

/** A full customer by id, over random customers. */
export async function measureCustomer(setting: Setting): Promise<BenchRow> {
  const id = (n: number) => ids.firstCustomer + ((n * 7919) % setting.customers)
  const { ours, floor } = await compare(
    load(setting, (n) => `/v1/customers/${id(n)}`),
    bare(setting, (n) => `/customers/${id(n)}`),
  )
  return row('GET customer by id', { ours: ours.perSecond, floor: floor.perSecond, atLeast: 0.5, aim: 0.8 })
}

/** A card before a door: who is it, may they enter? Asked without effect, over random members. */
export async function measureDoor(setting: Setting): Promise<BenchRow> {
  const body = (n: number) =>
    JSON.stringify({
      identification: { type: 'NUMBER', value: String(1_290_000_000 + ((n * 7919) % setting.customers)) },
      shouldExecuteAction: false,
    })
  const path = () => '/open-api/device/cardreader/identification'
  const headers = { authorization: `Bearer ${DEVICE_TOKEN}` }
  const { ours, floor } = await compare(
    { ...load(setting, path), headers, method: 'POST', body },
    { ...bare(setting, () => '/access'), method: 'POST', body },
  )
  const figures = { ours: ours.perSecond, floor: floor.perSecond }
  return row('identify + decideAccess through the Device API', { ...figures, atLeast: 0.4, aim: 0.7 })
}

/** A hundred slots of a class, with counts, instructors and room. */
export async function measureClassSlots(setting: Setting): Promise<BenchRow> {
  const { ours, floor } = await compare(
    load(setting, () => `/v1/classes/${ids.groupClass}/slots?sliceSize=100`),
    bare(setting, () => '/slots'),
  )
  return row('GET class slots (100)', { ours: ours.perSecond, floor: floor.perSecond, atLeast: 0.5, aim: 0.8 })
}

/**
 * Seven days of ten busy instructors. The floor reads the same rows and serialises the same answer; what lies between is
 * ours to make small.
 */
export async function measureAppointmentSlots(setting: Setting): Promise<BenchRow> {
  const path = `/v1/appointments/bookable/${ids.bookable}/slots?daysAhead=6&slotWindowStartDate=${setting.today.add({ days: 1 })}`
  const answer = await fetch(setting.palestra.url + path, { headers: setting.headers })
  const slots = (await answer.json()) as readonly unknown[]
  const body = JSON.stringify(slots)
  await fetch(`${setting.floor.url}/appointment-slots`, {
    method: 'PUT',
    body,
    headers: { 'content-type': 'application/json' },
  })
  await runLoad({ ...load(setting, () => path), seconds: 2 })
  const { ours, floor } = await compare(
    load(setting, () => path),
    bare(setting, () => '/appointment-slots'),
  )
  return row('GET appointment slots (7 days, 10 instructors)', {
    ours: ours.perSecond,
    floor: floor.perSecond,
    atLeast: 0.3,
    aim: 0.6,
    note: `${slots.length} slots`,
  })
}

function load({ palestra, headers, seconds }: Setting, path: (n: number) => string): Load {
  return { url: palestra.url, headers, seconds, connections: CONNECTIONS, path }
}

function bare({ floor, seconds }: Setting, path: (n: number) => string): Load {
  return { url: floor.url, seconds, connections: CONNECTIONS, path }
}

function row(work: string, figures: Omit<BenchRow, 'work' | 'ratio'>): BenchRow {
  return { work, ...figures, ratio: figures.ours / figures.floor }
}
