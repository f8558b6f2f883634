import { after, before, test } from 'node:test'
import assert from 'node:assert/strict'
import { eq } from 'drizzle-orm'
import { eraseCustomer } from '../../src/privacy/index.ts'
import { setMembershipUntil } from '../../src/customers/index.ts'
import { grantEntitlement } from '../../src/entitlements/index.ts'
import { entitlements } from '../../src/entitlements/tables.ts'
import { paymentInstruments } from '../../src/payments/tables.ts'
import { putFile } from '../../src/platform/files/files.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { insertContract, insertEntitlement, insertService } from '../support/scenes/booking-world.ts'
import { classScene } from '../support/scenes/class-scene.ts'
import { addCustomer } from '../support/scenes/customers.ts'
import { addLegalEntity } from '../support/scenes/accounts.ts'
import { addVouchers, findHolder, redeem, selectStored } from '../support/scenes/voucher-world.ts'

let app: TestApp
before(async () => {
  app = await openTestApp()
  await addLegalEntity(app, 1)
})
after(() => app.close())

const day = (text: string) => Temporal.PlainDate.from(text)
const erase = async (customerId: number) => (await app.write((work) => eraseCustomer(work, customerId))).outcome

async function addFormerMember(): Promise<number> {
  const customerId = await addCustomer(app)
  await app.write((work) => setMembershipUntil(work, customerId, day('2026-05-31')))
  return customerId
}

/** A bank account with everything that can be known of one. */
async function addInstrument(customerId: number) {
  const { units, secrets, files: storage } = app.platform
  const caller = { actor: { kind: 'CLI', id: null }, tenantId: app.berlin.tenantId, traceId: '0'.repeat(32) } as const
  const signature = {
    mime: 'image/png',
    originalName: 'signature.png',
    ownerKind: 'signature',
    ownerId: customerId,
  } as const
  const { fileId: signatureFileId } = await putFile({ storage, units }, caller, Buffer.from('signed'), signature)
  await app.write(({ tx, now }) =>
    tx.insert(paymentInstruments).values({
      customerId,
      entityId: 1,
      type: 'SEPA',
      state: 'ACTIVE',
      isRunDefault: true,
      usableInShop: true,
      tokenSha256: Buffer.from(`token ${customerId}`),
      holder: 'Mara Lindner',
      bic: 'DEUTDEFFXXX',
      accountEnc: secrets.seal('field', 'DE91'),
      accountHmac: secrets.hash('blind-index', 'DE91'),
      accountPartHmac: secrets.hash('blind-index', '91'),
      bank: 'Deutsche Bank',
      brand: 'VISA',
      last4: '1111',
      expiry: day('2029-01-31'),
      mandateRef: `M-${customerId}`,
      signedOn: day('2025-01-01'),
      signatureFileId,
      firstCollectedOn: day('2025-02-01'),
      lastCollectedOn: day('2026-05-01'),
      createdAt: now,
      updatedAt: now,
    }),
  )
}

const ofEveryRow = new Set(['id', 'tenantId', 'createdAt', 'updatedAt', 'version'])
const countInstruments = (customerId: number) =>
  app.read(({ db }) => db.select().from(paymentInstruments).where(eq(paymentInstruments.customerId, customerId)))

test('of the bank account of a former member nothing stays but the mandate that payments refer to', async () => {
  const customerId = await addFormerMember()
  await addInstrument(customerId)
  assert.equal(await erase(customerId), 'ANONYMISED')
  const [row, ...others] = await countInstruments(customerId)
  const known = Object.entries(row ?? {}).filter(([, value]) => value !== null && value !== false)
  const left = Object.fromEntries(known.filter(([column]) => !ofEveryRow.has(column)))
  assert.deepEqual(JSON.parse(JSON.stringify(left)), {
    customerId,
    entityId: 1,
    type: 'SEPA',
    state: 'REPLACED',
    mandateRef: `M-${customerId}`,
    signedOn: '2025-01-01',
    firstCollectedOn: '2025-02-01',
    lastCollectedOn: '2026-05-01',
  })
  assert.deepEqual(others, [])
})

test('the bank account of a prospect goes, and with it the prospect', async () => {
  const customerId = await addCustomer(app)
  await addInstrument(customerId)
  assert.equal(await erase(customerId), 'DELETED')
  assert.deepEqual(await countInstruments(customerId), [])
})

test('a voucher that was redeemed stays used up, and nothing says any more by whom', async () => {
  const { code: voucher, campaignId } = await addVouchers(app)
  const { studioAccessCode } = (await redeem(app, voucher)).body
  assert.equal((await redeem(app, voucher)).body.studioAccessCode, studioAccessCode, 'the same person is known before')
  const [redemption] = (await selectStored(app, campaignId)).rows
  const customerId = (await findHolder(app, studioAccessCode))?.customerId ?? 0
  assert.equal(await erase(customerId), 'ANONYMISED')
  const { counted, rows } = await selectStored(app, campaignId)
  assert.deepEqual([counted, rows.map((row) => row.customerId)], [1, [customerId]])
  assert.notDeepEqual(rows[0]?.personHash, redemption?.personHash)
  assert.equal((await redeem(app, voucher)).body.errorCode, 'errormessage.checkinVoucher.exhausted')
})

const countGrants = (customerId: number) =>
  app.read(({ db }) =>
    db.select({ id: entitlements.id }).from(entitlements).where(eq(entitlements.customerId, customerId)),
  )
const grantUses = (customerId: number, serviceId: number) => {
  const given = { source: 'GRANT', quantity: 5, anchor: day('2026-06-01'), validFrom: day('2026-06-01') } as const
  const { studioId: homeStudioId } = app.berlin
  return app.write((work) => grantEntitlement(work, { ...given, customerId, serviceId, homeStudioId }))
}

test('uses that staff gave go with the person, those of a contract stay with the contract', async () => {
  const [prospect, former] = [await addCustomer(app), await addFormerMember()]
  const serviceId = await app.write((work) => insertService(work))
  for (const customerId of [prospect, former]) await grantUses(customerId, serviceId)
  const ofContract = await app.write(async (work) => {
    const { contractId } = await insertContract(work, app.berlin, { customerId: former, lastDay: '2026-05-31' })
    return insertEntitlement(work, app.berlin, { customerId: former, serviceId, source: 'RATE', contractId })
  })
  assert.deepEqual([await erase(prospect), await erase(former)], ['DELETED', 'ANONYMISED'])
  assert.deepEqual([await countGrants(prospect), await countGrants(former)], [[], [{ id: ofContract }]])
})

test('a grant that was used stays, as the booking that used it does', async () => {
  const [scene, customerId] = [classScene(app), await addCustomer(app)]
  const { classSlotId, serviceId } = await scene.arrange({ rule: { contingentMode: 'REQUIRED' } })
  const id = await grantUses(customerId, serviceId)
  await scene.mustBook(customerId, classSlotId)
  assert.equal(await erase(customerId), 'ANONYMISED')
  assert.deepEqual(await countGrants(customerId), [{ id }])
})
