import type { Static } from 'typebox'
import {
  type AdditionalModuleRecord,
  findAdditionalModule,
  loadModuleServices,
  packPlan,
  planAdditionalModule,
} from '../../membership-offers/index.ts'
import { notFound } from '../../platform/errors/errors.ts'
import { dateIn } from '../../platform/time/zoned-time.ts'
import type { PartnerView, PartnerWork, UnitOfWork, View } from '../../platform/units/work.ts'
import { finishChange } from '../changing/finish-change.ts'
import { loadContractForChange, loadContracts, lockContract } from '../changing/loading.ts'
import { markEndedModules } from '../clock/clock-store.ts'
import { contractUpdated, moduleCreated } from '../events.ts'
import { findOwnContract } from '../own-contracts.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import { describeModule } from '../signing/frozen-modules.ts'
import { insertSubContracts } from '../signing/signing-store.ts'
import type { AdditionalModuleContractRequest } from './api-schemas.ts'
import { readBuyingContract, readModule } from './read-buying-contract.ts'
import { findModuleStart, judgePurchase, type PurchaseStatus } from './purchase-rules.ts'
import { listTriedModuleIds } from './purchase-store.ts'
import { refusePurchase, refuseSale } from './refusing.ts'

export type ModuleWish = Static<typeof AdditionalModuleContractRequest>

interface Asked {
  readonly contractId: number
  readonly wish: ModuleWish
}

/** Whether a module could be bought to a contract now. Nothing is stored. */
export async function validatePurchase(view: PartnerView, { contractId, wish }: Asked): Promise<PurchaseStatus> {
  const { id } = await findOwnContract(view, contractId)
  const [contract] = await loadContracts(view.db, [id])
  if (!contract) throw notFound('contract', contractId)
  return (await judgeWish(view, contract, wish)).status
}

/**
 * Sells a module to a contract under its lock; answers the module contract. It begins today, with a contract that is to
 * come, or with the next billing period, as the module says; a trial comes first, and what costs something begins after it.
 * Refuses (400) what `validatePurchase` does not call purchasable.
 */
export async function purchaseModule(work: PartnerWork, { contractId, wish }: Asked): Promise<number> {
  const { id, customerId } = await findOwnContract(work, contractId)
  const contract = await loadContractForChange(work, { customerId, contractId: id })
  const judged = await judgeWish(work, contract, wish)
  const { status, record } = judged
  if (status !== 'ADDITIONAL_MODULE_PURCHASABLE') throw refusePurchase(status, record !== undefined)
  return sellModule(work, contract, { wish, judged })
}

/** As `purchaseModule` for staff of the studio of the contract, who also sell what members cannot buy themselves. */
export async function sellModuleByStaff(work: UnitOfWork, { contractId, wish }: Asked): Promise<number> {
  const contract = await lockContract(work, contractId)
  const seller = { studioId: contract.row.studioId, isStaff: true }
  const judged = await judgeAt(work, contract, { wish, seller })
  const { status, record } = judged
  if (status !== 'ADDITIONAL_MODULE_PURCHASABLE') throw refuseSale(status, record)
  return sellModule(work, contract, { wish, judged })
}

interface Sale {
  readonly wish: ModuleWish
  readonly judged: Awaited<ReturnType<typeof judgeAt>>
}

async function sellModule(work: UnitOfWork, contract: SignedContract, { wish, judged }: Sale): Promise<number> {
  const { id, customerId } = contract.row
  const { record, frequency, today, start } = judged
  if (!record || !frequency) throw new Error('A module that may be bought has a price.')
  // A clock that is late has not marked them; a module that is over does not stand in the way of the same one.
  await markEndedModules(work.tx, id, today, work.now)
  const row = await freezeWish(work, { record, frequency, withTrial: wish.bookTrialPeriod }, { today, start, contract })
  const [moduleContractId = 0] = await insertSubContracts(work.tx, id, [row], work.now)
  const about = { entityId: customerId, customerId, audienceStudioIds: [contract.homeStudioId] }
  await finishChange(work, {
    contractId: id,
    action: 'contract.moduleSold',
    effectiveFrom: start,
    event: contractUpdated,
    moreEvents: [moduleCreated({ ...about, content: { contractId: id, moduleContractId } })],
  })
  return moduleContractId
}

type Frequency = AdditionalModuleRecord['frequencies'][number]

/** Judges a wish on the present day of the studio of the contract. */
function judgeWish(view: Pick<PartnerView, 'db' | 'caller' | 'now'>, contract: SignedContract, wish: ModuleWish) {
  return judgeAt(view, contract, { wish, seller: { studioId: view.caller.studio.id, isStaff: false } })
}

interface Offered {
  readonly wish: ModuleWish
  readonly seller: { readonly studioId: number; readonly isStaff: boolean }
}

async function judgeAt({ db, now }: Pick<View, 'db' | 'now'>, contract: SignedContract, { wish, seller }: Offered) {
  const { additionalModuleId, paymentFrequencyId, bookTrialPeriod } = wish
  const today = dateIn(now, contract.studio.zone)
  const record = await findAdditionalModule(db, seller.studioId, additionalModuleId)
  const tried = await listTriedModuleIds(db, contract.row.customerId)
  const frequency = record?.frequencies.find(({ id }) => id === paymentFrequencyId)
  const sold = record && frequency ? readModule(record, seller) : undefined
  const facts = readBuyingContract(contract, today)
  const trial = { isWished: bookTrialPeriod, wasUsed: tried.has(additionalModuleId) }
  const start = sold ? findModuleStart(sold, facts) : today
  return { status: judgePurchase(sold, facts, trial), record, frequency, today, start }
}

/** The module contract as it is kept: later edits of the catalogue never reach it. */
async function freezeWish(
  { tx }: UnitOfWork,
  {
    record,
    frequency,
    withTrial,
  }: { readonly record: AdditionalModuleRecord; readonly frequency: Frequency; readonly withTrial: boolean },
  {
    today,
    start,
    contract,
  }: {
    readonly today: Temporal.PlainDate
    readonly start: Temporal.PlainDate
    readonly contract: SignedContract
  },
) {
  const { module } = record
  const { currency } = contract.plan
  const plan = planAdditionalModule(record, { frequency, withTrial }, { start, signedOn: today, currency })
  const services = (await loadModuleServices(tx, [module.id])).get(module.id) ?? []
  return {
    kind: 'MODULE',
    origin: 'ADDITIONAL',
    moduleId: module.id,
    name: module.name,
    startDate: start,
    paidFrom: plan.paidFrom,
    trialTermValue: withTrial ? module.trialTermValue : null,
    trialTermUnit: withTrial ? module.trialTermUnit : null,
    exclusive: !module.multipleAllowed,
    snapshot: {
      ...describeModule({ ...record, services }),
      extensionType: module.extensionType,
      plan: packPlan(plan),
    },
  } as const
}
