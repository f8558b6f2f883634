import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { appointmentCalls, type BookableInput, insertBookable } from '../../test/support/scenes/appointment-world.ts'
import { files } from '../platform/tables.ts'

// What customers see of bookables. Monday 15 June 2026, 09:00 in Berlin.

let app: TestApp
before(async () => {
  app = await openTestApp()
})
after(() => app.close())

const insert = (changes: BookableInput = {}, studio = app.berlin) =>
  app.write((work) => insertBookable(work, studio, changes)).then(({ bookableId }) => bookableId)
const date = (text: string) => Temporal.PlainDate.from(text)

test('only what customers may book today is listed, in slices by id', async () => {
  const shown: number[] = []
  for (let k = 0; k < 12; k++) {
    shown.push(await insert({ title: `Training ${k}`, validTo: date('2026-06-15'), category: 'Coaching' }))
    await insert([{ active: false }, { onlineBookable: false }, { forCustomers: false }][k % 3])
  }
  await insert({ validTo: date('2026-06-14') })
  await insert({}, app.hamburg)
  const first = await app.get('/v1/appointments/bookable?sliceSize=10')
  const ids = (answer: typeof first) => answer.body.result.map(({ id }: { id: number }) => id)
  assert.deepEqual([ids(first), first.body.hasNext], [shown.slice(0, 10), true])
  const rest = await app.get(`/v1/appointments/bookable?sliceSize=10&offset=${first.body.offset}`)
  assert.deepEqual([ids(rest), rest.body.hasNext, rest.body.offset], [shown.slice(10), false, String(shown.at(-1))])
  const [one] = first.body.result
  assert.deepEqual(one, { id: shown[0], title: 'Training 0', duration: 45, category: 'Coaching' })
  assert.deepEqual((await app.get(`/v1/appointments/bookable/${shown[0]}`)).body, one)
})

test('the picture is linked with a signature that ends', async () => {
  const [file] = await app.write(({ tx, now }) => {
    const picture = { storageKey: 'pictures/1', mime: 'image/png', size: 4, originalName: 'yoga.png' }
    const row = {
      ...picture,
      sha256: Buffer.alloc(32),
      ownerKind: 'bookable',
      scanState: 'SKIPPED',
      createdAt: now,
    } as const
    return tx.insert(files).values(row).returning({ id: files.id })
  })
  const imageId = file?.id as number
  const { body } = await app.get(`/v1/appointments/bookable/${await insert({ imageId })}`)
  assert.match(body.imgUrl, new RegExp(`/files/${imageId}\\?exp=\\d+&kid=\\w+&sig=[\\w-]+$`))
})

test('the days of a slot list are between one and six, and days that are over have no slots', async () => {
  const { slots } = appointmentCalls(app)
  const bookableId = await insert({ gridMin: 720 })
  for (const [daysAhead, code] of [
    [0, 'min'],
    [7, 'max'],
  ] as const) {
    const { status, body } = await slots(bookableId, { daysAhead })
    assert.deepEqual([status, body.errorCode], [400, `errormessage.validation.${code}`])
  }
  assert.deepEqual((await slots(bookableId, { slotWindowStartDate: '1900-01-01' })).body, [])
  const starts = async (query: Record<string, string | number>) =>
    (await slots(bookableId, query)).body.map((slot: { startDateTime: string }) => slot.startDateTime.slice(0, 13))
  assert.deepEqual(await starts({ slotWindowStartDate: '2026-06-14' }), ['2026-06-15T12'])
  assert.deepEqual(await starts({}), ['2026-06-15T12', '2026-06-16T00', '2026-06-16T12'])
})

test('windowDays counts all days of a slot list, up to 31, and replaces daysAhead', async () => {
  const { slots } = appointmentCalls(app)
  const bookableId = await insert({ gridMin: 1440 })
  for (const [windowDays, code] of [
    [0, 'min'],
    [32, 'max'],
  ] as const) {
    const { status, body } = await slots(bookableId, { windowDays })
    assert.deepEqual([status, body.errorCode], [400, `errormessage.validation.${code}`])
  }
  const days = async (windowDays: number) => {
    const query = { slotWindowStartDate: '2026-07-01', daysAhead: 6, windowDays }
    return (await slots(bookableId, query)).body.map((slot: { startDateTime: string }) =>
      slot.startDateTime.slice(0, 10),
    )
  }
  assert.deepEqual(await days(1), ['2026-07-01'])
  const month = await days(31)
  assert.deepEqual([month.length, month[0], month.at(-1)], [31, '2026-07-01', '2026-07-31'])
})
