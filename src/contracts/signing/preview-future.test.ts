import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { openTestApp, type TestApp } from '../../../test/support/app.ts'
import { newPerson } from '../../../test/support/scenes/customers.ts'
import { addOffer, addOfferVoucher, type TermInput } from '../../../test/support/scenes/offer-world.ts'
import { listContractClaims } from '../../accounts/index.ts'
import { formatAmount } from '../../platform/values/money.ts'

let app: TestApp
before(async () => void (app = await openTestApp({ now: '2026-01-30T10:00:00+01:00' })))
after(() => app.close())

const once = { extensionType: 'NONE', extensionTermValue: null, extensionTermUnit: null } as const
const fee = (price: string) => ({ name: 'Card', frequency: { type: 'NON_RECURRING', price, termValue: null } as const })

/** Terms with every kind of price, over ends of months and days on which the clocks change. */
const terms: readonly TermInput[] = [
  { frequency: { price: '29.99' } },
  { frequency: { price: '30.00', paidPeriodCalc: 'NORMALIZATION_ON_CALENDAR_UNIT' }, ...once },
  { frequency: { price: '10.01', termUnit: 'WEEK' }, termValue: 9, termUnit: 'WEEK', fees: [fee('25.50')] },
  {
    frequency: { price: '41.37', ages: [{ startAge: 0, endAge: 27, percentage: '12.5' }] },
    rules: [{ value: '3.3', firstAfterValue: 4 }],
  },
  { frequency: { type: 'NON_RECURRING', price: '299.00', termValue: null, termUnit: null }, bonuses: [{}] },
  {
    frequency: {
      type: 'MONTH_DAY',
      recurring: true,
      entries: [
        { month: 2, day: 28, price: '60.00' },
        { month: 2, day: 29, price: '33.33' },
      ],
    },
  },
  {
    frequency: {
      type: 'TERM_BASED',
      entries: [
        { offsetValue: 0, offsetUnit: 'MONTH', price: '50.00' },
        { offsetValue: 3, offsetUnit: 'MONTH', price: '40.00' },
      ],
    },
    ...once,
  },
  {
    frequency: { price: '19.90' },
    bonuses: [{ strategy: 'END_OF_CURRENT_TERM', runtimeExtensionType: 'WITHOUT_EXTENSION' }],
    modules: [{ name: 'Sauna', frequency: { price: '9.95' } }],
  },
]

test('what a preview shows is what is charged, cent for cent, whatever is sold to whom', async () => {
  const offers: Awaited<ReturnType<typeof addOffer>>[] = []
  for (const term of terms) offers.push(await addOffer(app, { offer: { preUseType: 'CHARGEABLE' }, terms: [term] }))
  const codeRow = { maxRedemptions: 1000 }
  const half = {
    type: 'PERCENTAGE',
    percentage: '33.33',
    effective: 'TIME_BASED',
    termValue: 2,
    termUnit: 'MONTH',
  } as const
  await addOfferVoucher(app, {
    code: 'THIRD',
    codeRow,
    windows: [half, { type: 'ABSOLUTE', amount: '4.99', effective: 'INITIAL_TERM' }],
  })
  await addOfferVoucher(app, {
    code: 'SPLIT',
    codeRow,
    type: 'COMPANY_FEE_SPLIT',
    company: 'Acme',
    companySplitType: 'PERCENTAGE',
    companySplitPercentage: '17.17',
  })
  const order = fc.record({
    at: fc.nat(terms.length - 1),
    startIn: fc.integer({ min: 0, max: 330 }),
    before: fc.integer({ min: 0, max: 40 }),
    bornAgo: fc.integer({ min: 16 * 365, max: 60 * 365 }),
    voucherCode: fc.constantFrom(undefined, 'THIRD', 'SPLIT'),
  })
  const today = Temporal.PlainDate.from('2026-01-30')
  await fc.assert(
    fc.asyncProperty(order, async ({ at, startIn, before: days, bornAgo, voucherCode }) => {
      const { termId = 0, optionalIds = [] } = offers[at] ?? {}
      const start = today.add({ days: startIn })
      const contract = {
        contractOfferTermId: termId,
        startDate: start.toString(),
        preuseDate: today.add({ days: Math.max(0, startIn - days) }).toString(),
        selectedOptionalModuleIds: optionalIds,
        ...(voucherCode === undefined ? {} : { voucherCode }),
      }
      const customer = newPerson({ dateOfBirth: today.subtract({ days: bornAgo }).toString() })
      const body = { contract, customer: { ...customer, lastName: `Lindner ${crypto.randomUUID()}` } }
      const preview = await app.post('/v1/memberships/signup/preview', body)
      assert.equal(preview.status, 200, preview.text)
      const answer = await app.post('/v1/memberships/signup', body)
      assert.equal(answer.status, 200, answer.text)
      assert.deepEqual(await readCharged(Number(answer.headers['x-contract-id'])), readShown(preview.body))
    }),
    { numRuns: 40 },
  )
})

interface Line {
  readonly dueDate: string
  readonly amount: { readonly amount: number }
  readonly description: string
}

function readShown({ paymentPreview }: { readonly paymentPreview: { readonly paymentSchedule: readonly Line[] } }) {
  return paymentPreview.paymentSchedule
    .filter(({ amount }) => amount.amount !== 0)
    .map(({ dueDate, amount, description }) => `${dueDate} ${amount.amount.toFixed(2)} ${description}`)
    .toSorted((a, b) => a.localeCompare(b))
}

async function readCharged(contractId: number) {
  const claims = await app.read(({ db }) => listContractClaims(db, contractId))
  return claims
    .filter(({ payer, state }) => payer === 'MEMBER' && state !== 'VOID')
    .map(
      ({ dueDate, amount, currency, description }) =>
        `${dueDate} ${formatAmount({ minor: amount, currency })} ${description}`,
    )
    .toSorted((a, b) => a.localeCompare(b))
}
