import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../../test/support/app.ts'
import { addCustomer } from '../../test/support/scenes/customers.ts'
import { acceptAmendment, configureAmendments } from './index.ts'
import { customerAmendments } from './tables.ts'

let app: TestApp
before(async () => void (app = await openTestApp()))
after(() => app.close())

const path = (customerId: number) => `/v1/customers/${customerId}/self-service/payment-data`
const account = {
  accountHolder: 'Mara Lindner',
  bankName: 'Musterbank',
  iban: 'DE89370400440532013000',
  bic: 'COBADEFFXXX',
}
const svg = Buffer.from('<svg><path d="M0 0L9 9"/></svg>').toString('base64')
const signature = { base64SvgSignature: svg }

type Mode = 'READ' | 'CHANGES_REQUIRE_VERIFICATION' | 'CHANGES_WITHOUT_VERIFICATION'
const configure = (mode: Mode, requireSignature = false) =>
  app.write((work) =>
    configureAmendments(work, { studioId: app.berlin.studioId, kind: 'PAYMENT_DATA', mode, requireSignature }),
  )

test('a customer without account reads what the studio allows, and cannot write where it only shows', async () => {
  await configure('READ')
  const customerId = await addCustomer(app)
  const { body } = await app.get(path(customerId))
  assert.deepEqual(body, { requireSignature: false, amendmentConfigurationStatus: 'READ' })
  const refused = await app.post(path(customerId), account)
  assert.deepEqual([refused.status, refused.body.errorCode], [403, 'errormessage.selfService.readOnly'])
})

test('a change at once makes the account the one that the customer is debited from', async () => {
  await configure('CHANGES_WITHOUT_VERIFICATION')
  const customerId = await addCustomer(app)
  const { body } = await app.post(path(customerId), { ...account, iban: 'de89 3704 0044 0532 0130 00' })
  assert.deepEqual(body, { id: body.id, ...account, requireSignature: false })
  assert.ok(body.id > 0)
  assert.deepEqual((await app.get(`/v1/customers/${customerId}`)).body.bankAccount, account)
  const again = await app.post(path(customerId), account)
  assert.deepEqual([again.status, 'id' in again.body], [200, false])
})

test('what is copied along with an account does not count', async () => {
  await configure('CHANGES_WITHOUT_VERIFICATION')
  const customerId = await addCustomer(app)
  const pasted = {
    accountHolder: '\u202A Mara\nLindner\u202C',
    bankName: 'Muster\u200Bbank',
    iban: `IBAN: ${account.iban.replace(/.{4}/g, '$&\u00A0')}`,
    bic: 'BIC: coba deff xxx',
  }
  const { body } = await app.post(path(customerId), pasted)
  const { accountHolder, bankName, iban, bic } = body
  const read = { accountHolder: 'Mara Lindner', bankName: 'Musterbank', iban: account.iban, bic: 'COBADEFFXXX' }
  assert.deepEqual({ accountHolder, bankName, iban, bic }, read)
})

test('a request waits for the staff, sealed, with its signature, and is debited from its acceptance on', async () => {
  await configure('CHANGES_REQUIRE_VERIFICATION', true)
  const customerId = await addCustomer(app)
  const unsigned = await app.post(path(customerId), account)
  assert.equal(unsigned.body.errorCode, 'errormessage.validation.required')
  const scribble = await app.post(path(customerId), { ...account, signature: { base64SvgSignature: 'AAAA' } })
  assert.equal(scribble.body.errorCode, 'errormessage.signature.invalid')
  const asked = await app.post(path(customerId), { ...account, signature })
  assert.equal(asked.status, 200)
  const shown = (await app.get(path(customerId))).body
  assert.deepEqual(shown.pendingAmendment, { id: asked.body.id, ...account, requireSignature: true })
  assert.equal(shown.iban, undefined)
  const rows = await app.read(({ db }) => db.select().from(customerAmendments))
  const row = rows.find(({ id }) => id === asked.body.id)
  assert.deepEqual([row?.base, row?.proposed, row?.signatureFileId !== null], [null, null, true])
  await app.write((work) => acceptAmendment(work, asked.body.id, { secrets: app.platform.secrets }))
  const { pendingAmendment, ...now } = (await app.get(path(customerId))).body
  assert.deepEqual([pendingAmendment, now.iban], [undefined, account.iban])
})

test('an account that has changed since is a conflict', async () => {
  await configure('CHANGES_REQUIRE_VERIFICATION')
  const customerId = await addCustomer(app)
  const { body: late } = await app.post(path(customerId), account)
  await configure('CHANGES_WITHOUT_VERIFICATION')
  const other = { ...account, iban: 'DE35370400440532013002' }
  await app.post(path(customerId), other)
  const rows = await app.read(({ db }) => db.select().from(customerAmendments))
  assert.equal(rows.find(({ id }) => id === late.id)?.status, 'SUPERSEDED')
})

test('fields that are no account are refused by their names', async () => {
  await configure('CHANGES_REQUIRE_VERIFICATION')
  const customerId = await addCustomer(app)
  const refusal = async (changes: object) => (await app.post(path(customerId), { ...account, ...changes })).body
  assert.deepEqual((await refusal({ iban: 'DE88370400440532013000' })).errorCode, 'errormessage.validation.format')
  assert.equal((await refusal({ bic: 'COBA' })).errorCode, 'errormessage.validation.format')
  assert.equal((await refusal({ accountHolder: 'x'.repeat(71) })).errorCode, 'errormessage.validation.maxLength')
  assert.equal((await refusal({ bankName: '' })).errorCode, 'errormessage.validation.required')
})
