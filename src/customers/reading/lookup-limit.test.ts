import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from '../../../test/support/app.ts'
import { addCustomer } from '../../../test/support/scenes/customers.ts'
import { manualTime } from '../../../test/support/manual-time.ts'
import { GuessLimiter } from '../../platform/entrance/guess-limiter.ts'
import { addAccessMedium } from '../access/access-mediums.ts'
import { lookupLimit } from './lookup-limit.ts'

test('the thirty-first miss within a minute closes the key for a minute', () => {
  let now = 0
  const misses = new GuessLimiter<number>(lookupLimit, () => now)
  for (let n = 0; n < 30; n++) misses.recordMiss(1)
  misses.check(1)
  misses.recordMiss(1)
  assert.throws(() => misses.check(1), { status: 429, code: 'errormessage.rateLimit.exceeded' })
  misses.check(2)
  now += 60_000
  misses.check(1)
  misses.recordMiss(1)
  misses.check(1)
})

test('a caller who guesses PINs or barcodes is stopped at the thirty-first miss, for a minute and only there', async () => {
  const real = manualTime()
  await using app = await openTestApp({ real })
  const customerId = await addCustomer(app)
  const pin = { type: 'PIN', value: '4711' } as const
  await app.write((work) => addAccessMedium(work, customerId, pin, app.platform.secrets))
  const status = async (query: string, as = app.berlin) => (await app.get(`/v1/customers/by?${query}`, { as })).status
  for (let n = 0; n < 15; n++) {
    assert.deepEqual([await status(`pin=${1000 + n}`), await status(`barcode=code-${n}`)], [404, 404])
  }
  assert.equal(await status('pin=4711'), 200, 'a hit costs nothing')
  const stopped = await app.get('/v1/customers/by?pin=1099')
  assert.deepEqual([stopped.status, stopped.body.errorCode], [429, 'errormessage.rateLimit.exceeded'])
  assert.deepEqual([stopped.body.args, stopped.headers['retry-after']], [[30, 60], '60'])
  assert.equal(await status('pin=4711'), 429, 'not even the right one')
  assert.equal((await app.get('/v1/cross-studio/customers/by?barcode=x')).status, 429)
  assert.equal(await status('customerNumber=none'), 404, 'nobody guesses customer numbers')
  assert.equal(await status('pin=1099', app.hamburg), 404, 'another key has misses of its own')
  real.pass({ seconds: 60 })
  assert.equal(await status('pin=4711'), 200)
})
