import type pg from 'pg'
import { paymentScript, signUpScript } from '../money-floors.ts'
import { pgbench } from '../floors.ts'
import { type Load, runLoad } from '../load.ts'
import { addOffer, addOpenClaims, addTokens, claimId, openAccounts, PRICE, token, type Tokens } from '../money-world.ts'
import type { BenchRow, Setting } from '../report.ts'
import { ids } from '../world.ts'
import { median, person, wish } from './previews.ts'

const CLIENTS = 16
/** More tokens a second than Palestra, or the floor, can use. */
const OURS_A_SECOND = 1500
const FLOOR_A_SECOND = 3000
const ROUNDS = 3
const WARM_UP_SECONDS = 2

/** A payment by token that settles a claim. */
export async function measurePayment(setting: Setting): Promise<BenchRow> {
  const { client, customers, today } = setting
  const customer = `(${ids.firstCustomer} + n % ${customers})`
  await openAccounts(client, customers)
  const tokens = await addEnough(setting, { first: 0, customer })
  for (const each of [tokens.ours, tokens.floor]) await addOpenClaims(client, each, today.toString())
  const first = Number(await evaluate(client, claimId('0')))
  const work = 'POST account/payment by token, against pgbench'
  return measure(setting, {
    work,
    tokens,
    script: paymentScript(customers),
    path: (n) => `/v1/customers/${ids.firstCustomer + (n % customers)}/account/payment`,
    body: (n) => ({
      paymentRequestToken: token(n),
      amount: { amount: PRICE, currency: 'EUR' },
      debtClaimIds: [first + n],
    }),
  })
}

/** A person who signs up and pays by token what is due. */
export async function measureSignUp(setting: Setting): Promise<BenchRow> {
  await addOffer(setting.client)
  const tokens = await addEnough(setting, { first: 5_000_000, customer: 'null::bigint' })
  return measure(setting, {
    work: 'POST sign-up with token, 24 months, against pgbench',
    tokens,
    script: signUpScript(setting.today.toString()),
    path: () => '/v1/memberships/signup',
    body: (n) => ({ contract: { ...wish(setting.today), initialPaymentRequestToken: token(n) }, customer: person(n) }),
  })
}

interface Enough {
  readonly ours: Tokens
  readonly floor: Tokens
}

async function addEnough({ client, seconds }: Setting, of: Pick<Tokens, 'first' | 'customer'>): Promise<Enough> {
  const ours = { ...of, count: OURS_A_SECOND * (WARM_UP_SECONDS + ROUNDS * seconds) }
  const floor = { ...of, first: of.first + ours.count, count: FLOOR_A_SECOND * ROUNDS * seconds }
  for (const each of [ours, floor]) await addTokens(client, each)
  await client.query(`create sequence if not exists floor_tokens; grant usage on sequence floor_tokens to palestra_app`)
  await client.query(`select setval('floor_tokens', ${floor.first}, false)`)
  return { ours, floor }
}

interface Measured {
  readonly work: string
  readonly tokens: Enough
  readonly script: string
  readonly path: (n: number) => string
  readonly body: (n: number) => object
}

async function measure(setting: Setting, { work, tokens, script, path, body }: Measured): Promise<BenchRow> {
  const { palestra, headers, seconds, url, client } = setting
  let used = tokens.ours.first
  const load: Load = {
    url: palestra.url,
    headers,
    seconds,
    connections: CLIENTS,
    method: 'POST',
    // The path is asked for first, the body of the same request after it.
    path: () => path(used++),
    body: () => JSON.stringify(body(used - 1)),
  }
  await runLoad({ ...load, seconds: WARM_UP_SECONDS })
  const measured = []
  const floors = []
  for (let round = 0; round < ROUNDS; round++) {
    const result = await runLoad(load)
    if (result.not2xx > result.refused) throw new Error(`${result.not2xx - result.refused} were refused.`)
    measured.push(result.perSecond)
    floors.push((await pgbench(url, { script, clients: CLIENTS, seconds, asTenant: true })) ?? Number.NaN)
  }
  const taken = Number(await evaluate(client, `(select last_value from floor_tokens)`)) - tokens.floor.first
  if (taken >= tokens.floor.count) throw new Error('The floor has run out of tokens.')
  const [ours, floor] = [median(measured), median(floors)]
  return { work, ours, floor, ratio: ours / floor, atLeast: 0.2, aim: 0.5 }
}

async function evaluate(client: pg.Client, expression: string): Promise<string> {
  const { rows } = await client.query<{ value: string }>(`select ${expression} as value`)
  return rows[0]?.value ?? ''
}
