import assert from 'node:assert/strict'
import { listContractClaims } from '../../../src/accounts/index.ts'
import { newPerson } from '../scenes/customers.ts'
import { addToken } from '../scenes/payment-scene.ts'
import { type Life, refused, findToday } from './life.ts'
import type { LifePlan, PlannedChange } from './life-plans.ts'
import { type LifeWorld, lifeVouchers } from './life-world.ts'
import { listTraits } from './traits.ts'
import { changePause, pause } from './pausing.ts'
import { readCharged, readShown } from './shown-and-charged.ts'
import { defined } from '../../../src/platform/values/defined.ts'

/** A person signs what the plan says. What is stored is what the preview showed, cent for cent. */
export async function signUp(world: LifeWorld, plan: LifePlan): Promise<Life> {
  const { app } = world
  const contract = await makeOrder(world, plan)
  const customer = { ...newPerson({ dateOfBirth: plan.dateOfBirth }), lastName: `Lindner ${crypto.randomUUID()}` }
  const preview = await app.post('/v1/memberships/signup/preview', { contract, customer })
  assert.equal(preview.status, 200, preview.text)
  const { dueOnSigningAmount } = preview.body.paymentPreview
  const paid = await payDue(world, dueOnSigningAmount.amount)
  const answer = await app.post('/v1/memberships/signup', { contract: { ...contract, ...paid }, customer })
  assert.equal(answer.status, 200, answer.text)
  const contractId = Number(answer.headers['x-contract-id'])
  const shown = readShown(preview.body.paymentPreview)
  assert.deepEqual(await readCharged(app, contractId), shown)
  const life: Life = {
    plan,
    customerId: answer.body.customerId,
    contractIds: [contractId],
    reversedIds: [],
    offers: [plan.offer],
    shown,
    traits: listTraits(plan, contract),
    pauseIds: [],
    moduleContractIds: [],
    changes: [],
    upcoming: [],
    hasOpenPause: false,
  }
  return life
}

async function makeOrder(world: LifeWorld, plan: LifePlan) {
  const today = await findToday(world)
  const { termId = 0, optionalIds = [], moduleIds = [] } = world.offers[plan.offer] ?? {}
  const voucher = plan.voucher === undefined ? undefined : lifeVouchers[plan.voucher]
  return {
    contractOfferTermId: termId,
    startDate: today.add({ days: plan.startsIn }).toString(),
    preuseDate: today.add({ days: Math.max(0, plan.startsIn - plan.usesBefore) }).toString(),
    selectedOptionalModuleIds: optionalIds,
    // The first one is included.
    selectedSelectableModuleIds: moduleIds.slice(1),
    ...(voucher ? { voucherCode: voucher.code } : {}),
  }
}

/** A token that pays what is due on signing, where something is. */
async function payDue({ app }: LifeWorld, amount: number, customerId?: number) {
  if (amount === 0) return {}
  const { token } = await addToken(app, {
    amount: amount.toFixed(2),
    ...defined({ customerId }),
  })
  return { initialPaymentRequestToken: token }
}

const steps: Readonly<
  Record<PlannedChange['kind'], (world: LifeWorld, life: Life, choice: number) => Promise<string>>
> = {
  PAUSE: pause,
  END_PAUSE: changePause,
  CANCEL: cancel,
  WITHDRAW: withdraw,
  REVERSE: reverse,
  SWITCH: switchMembership,
  BUY_MODULE: buyModule,
  CANCEL_MODULE: cancelModule,
}

/** What a member does on a day. It may be refused, as the preview of it says. */
export async function change(world: LifeWorld, life: Life, { kind, choice }: PlannedChange) {
  const outcome = life.contractIds.length === 0 ? 'nothing left' : await steps[kind](world, life, choice)
  life.changes.push(`${kind} ${outcome}`)
}

const latest = ({ contractIds }: Life) => contractIds.at(-1) ?? 0

async function readContract({ app }: LifeWorld, life: Life) {
  const { body, text } = await app.get(`/v1/memberships/${life.customerId}/self-service/contract-data`)
  const found = body.find(({ id }: { id: number }) => id === latest(life))
  assert.ok(found, text)
  return found
}

/** Every day that is offered is accepted. */
async function cancel(world: LifeWorld, life: Life, choice: number): Promise<string> {
  const dates: string[] = (await readContract(world, life)).availableCancelationDates
  const cancelationDate = dates[choice % Math.max(1, dates.length)]
  if (cancelationDate === undefined) return 'nothing to cancel'
  const body = { contractId: latest(life), cancelationDate, cancelationReasonId: world.cancelationReasonId }
  const path = `/v1/memberships/${life.customerId}/self-service/ordinary-contract-cancelation`
  const answer = await world.app.post(path, body)
  assert.equal(answer.status, 200, answer.text)
  return 'done'
}

/** The signing of the last contract is taken back; one that it had replaced goes on. */
async function reverse({ app }: LifeWorld, life: Life): Promise<string> {
  const contractId = latest(life)
  const answer = await app.post(`/v1/memberships/${life.customerId}/self-service/contract-withdrawal/${contractId}`)
  if (answer.status !== 200) return refused(answer)
  life.contractIds.pop()
  life.offers.pop()
  life.reversedIds.push(contractId)
  life.pauseIds.length = 0
  life.hasOpenPause = false
  return life.contractIds.length === 0 ? 'done' : 'of a switch done'
}

async function withdraw({ app }: LifeWorld, life: Life): Promise<string> {
  const path = `/v1/memberships/${life.customerId}/self-service/withdraw-ordinary-contract-cancelation/${latest(life)}`
  const answer = await app.post(path)
  return answer.status === 200 ? 'done' : refused(answer)
}

/** The new contract is charged what the preview showed, and the old one gives back what it showed. */
async function switchMembership(world: LifeWorld, life: Life, choice: number): Promise<string> {
  const { app, offers, switchId: configId } = world
  const startDate = (await findToday(world)).add({ days: choice % 40 }).toString()
  const offer = choice % offers.length
  const { termId: membershipOfferTermId } = offers[offer] ?? {}
  const wish = { configId, membershipOfferTermId, sourceContractId: latest(life), startDate }
  const path = `/v1/memberships/${life.customerId}/membership-switch`
  const preview = await app.post(`${path}/preview`, wish)
  if (preview.status !== 200) return refused(preview)
  const before = await sumCredits(world, latest(life))
  const paid = await payDue(world, preview.body.paymentPreview.dueOnSigningAmount.amount, life.customerId)
  const answer = await app.post(path, { ...wish, ...paid })
  assert.equal(answer.status, 200, answer.text)
  const contractId = Number(answer.headers['x-contract-id'])
  const lines: { amount: { amount: number } }[] = preview.body.paymentPreview.paymentSchedule
  const credits = lines.filter(({ amount }) => amount.amount < 0)
  const shown = readShown({
    ...preview.body.paymentPreview,
    paymentSchedule: lines.filter((line) => !credits.includes(line)),
  })
  const charged = await readCharged(app, contractId)
  // Modules that go along bring their charges.
  if (life.moduleContractIds.length === 0) assert.deepEqual(charged, shown)
  else assert.deepEqual(missingIn(charged, shown), [])
  const givenBack = (await sumCredits(world, latest(life))) - before
  const expected = credits.reduce((sum, { amount }) => sum + BigInt(Math.round(amount.amount * 100)), 0n)
  assert.equal(givenBack, expected, preview.text)
  life.contractIds.push(contractId)
  life.offers.push(offer)
  life.pauseIds.length = 0
  life.hasOpenPause = false
  return life.moduleContractIds.length === 0 ? 'done' : 'with a module done'
}

/** What a contract gives back, or is going to, in minor units. */
async function sumCredits({ app }: LifeWorld, contractId: number): Promise<bigint> {
  const claims = await app.read(({ db }) => listContractClaims(db, contractId))
  return claims
    .filter(({ state, payer, amount }) => state !== 'VOID' && payer === 'MEMBER' && amount < 0n)
    .reduce((sum, { amount }) => sum + amount, 0n)
}

/** Those of the wanted lines that are not among the given ones, each as often as it is missing. */
export function missingIn(given: readonly string[], wanted: readonly string[]): string[] {
  const left = [...given]
  return wanted.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

async function buyModule({ app, modules }: LifeWorld, life: Life, choice: number): Promise<string> {
  const { moduleId, frequencyId } = modules[choice % modules.length] ?? { moduleId: 0, frequencyId: 0 }
  const wish = { additionalModuleId: moduleId, paymentFrequencyId: frequencyId, bookTrialPeriod: choice % 3 === 0 }
  const path = `/v1/memberships/${latest(life)}/self-service/additional-modules`
  const { validationStatus } = (await app.post(`${path}/validate`, wish)).body
  const answer = await app.post(`${path}/purchase`, wish)
  assert.equal(answer.status === 200, validationStatus === 'ADDITIONAL_MODULE_PURCHASABLE', answer.text)
  if (answer.status !== 200) return refused(answer)
  life.moduleContractIds.push(answer.body.id)
  return wish.bookTrialPeriod ? 'with a trial done' : 'done'
}

async function cancelModule(world: LifeWorld, life: Life, choice: number): Promise<string> {
  const moduleContractId = life.moduleContractIds.at(-1)
  if (moduleContractId === undefined) return 'nothing to cancel'
  const path = `/v1/memberships/${latest(life)}/self-service/additional-module-contracts/${moduleContractId}`
  const shown = await world.app.get(path)
  if (shown.status !== 200) return refused(shown)
  const dates: string[] = shown.body.availableCancelationDates
  const cancelationDate = dates[choice % Math.max(1, dates.length)]
  if (cancelationDate === undefined) return 'nothing to cancel'
  const body = { cancelationDate, cancelationReasonId: world.cancelationReasonId }
  const answer = await world.app.post(`${path}/ordinary-cancelation`, body)
  assert.equal(answer.status, 200, answer.text)
  return 'done'
}
