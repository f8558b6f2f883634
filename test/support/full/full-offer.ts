import { idlePeriods } from '../../../src/contracts/tables.ts'
import { pauseRules } from '../../../src/demo/house/catalogue.ts'
import { amendmentConfigs } from '../../../src/self-service/tables.ts'
import {
  cancelationReasons,
  idleReasons,
  membershipOffers,
  membershipOfferTerms,
  membershipSwitchConfigs,
  membershipSwitchDestinations,
  membershipSwitchSources,
  membershipSwitchStudios,
  modulePaymentFrequencies,
  modules,
  offerPaymentChoices,
  offerPublications,
  paymentFrequencies,
} from '../../../src/membership-offers/tables.ts'
import { contractCancelations, subContracts } from '../../../src/contracts/tables.ts'
import { type ModulePlan, packPlan } from '../../../src/membership-offers/pricing-rules.ts'
import { at, type Fill, FIRST_CONTRACT, FIRST_MEMBER, stamps } from './full-members.ts'

/** A membership of twelve months that partners may sell, paid in cash. */
export async function insertFullOffer({ tx, studio: { studioId }, mark, firstId }: Fill) {
  const [offerId, termId, paymentFrequencyId] = [
    firstId + at.membershipOffer,
    firstId + at.offerTerm,
    firstId + at.frequency,
  ]
  await tx.insert(paymentFrequencies).values({
    id: paymentFrequencyId,
    type: 'RECURRING',
    price: '29.9',
    termValue: 1,
    termUnit: 'MONTH',
    ...stamps,
  })
  await tx
    .insert(membershipOffers)
    .values({ id: offerId, rateId: firstId + at.rate, name: `${mark}offer`, description: `${mark}text`, ...stamps })
  await tx.insert(membershipOfferTerms).values({
    id: termId,
    offerId,
    position: 0,
    paymentFrequencyId,
    termValue: 12,
    termUnit: 'MONTH',
    extensionType: 'NONE',
    ...stamps,
  })
  await tx.insert(offerPublications).values({ studioId, offerId, channel: 'OPEN_API', position: 1 })
  await tx.insert(offerPaymentChoices).values({ offerId, choice: 'CASH' })
}

/** What members may do with their contract: cancel it, buy a module to it, switch from it to the offer. */
export async function insertFullChoices({ tx, studio, mark, firstId }: Fill) {
  const { studioId } = studio
  const [moduleId, paymentFrequencyId, configId] = [
    firstId + at.module,
    firstId + at.moduleFrequency,
    firstId + at.membershipSwitch,
  ]
  const reason = { id: firstId + at.cancelationReason, studioId, name: `${mark}reason`, position: 0 }
  await tx.insert(cancelationReasons).values({ ...reason, ...stamps })
  const month = { termValue: 1, termUnit: 'MONTH' } as const
  const price = { type: 'RECURRING', price: '5', ...month } as const
  await tx.insert(paymentFrequencies).values({ id: paymentFrequencyId, ...price, ...stamps })
  const module = { id: moduleId, studioId, name: `${mark}module`, extensionType: 'NONE', onlineBookable: true } as const
  await tx.insert(modules).values({ ...module, ...month, ...stamps })
  await tx.insert(modulePaymentFrequencies).values({ moduleId, paymentFrequencyId, position: 0 })
  await tx.insert(membershipSwitchConfigs).values({ id: configId, name: `${mark}switch`, ...stamps })
  await tx.insert(membershipSwitchSources).values({ configId, rateId: firstId + at.rate })
  await insertPause({ tx, studio, mark, firstId })
  const offerId = firstId + at.membershipOffer
  await tx.insert(membershipSwitchDestinations).values({ configId, offerId, position: 0 })
  await tx.insert(membershipSwitchStudios).values({ configId, studioId })
}

/** A reason to pause, and a pause of the first contract in November 2026. */
async function insertPause({ tx, studio: { studioId }, mark, firstId }: Fill) {
  const reasonId = firstId + at.idleReason
  const reason = { id: reasonId, studioId, name: `${mark}pause`, position: 0 }
  await tx.insert(idleReasons).values({ ...reason, ...stamps })
  await tx.insert(amendmentConfigs).values({ studioId, kind: 'IDLE_PERIOD', mode: 'CHANGES_WITHOUT_VERIFICATION' })
  await tx.insert(idlePeriods).values({
    id: firstId + at.idlePeriod,
    contractId: firstId + FIRST_CONTRACT,
    startDate: Temporal.PlainDate.from('2026-11-01'),
    endDate: Temporal.PlainDate.from('2026-11-30'),
    unit: 'MONTH',
    value: 1,
    reasonId,
    state: 'ACCEPTED',
    policySnapshot: { ...pauseRules, lineText: reason.name },
    ...stamps,
  })
}

/** A module that the contract of the first member has twice, by the month; the second one is canceled. */
export async function insertFullModules({ tx, mark, firstId }: Fill) {
  const name = `${mark}sauna`
  const month = { value: 1, unit: 'MONTH' } as const
  const columns = { termValue: 1, termUnit: 'MONTH', extensionTermValue: 1, extensionTermUnit: 'MONTH' } as const
  const moduleId = firstId + at.soldModule
  await tx.insert(modules).values({ id: moduleId, name, extensionType: 'TERM_EXTENSION', ...columns, ...stamps })
  const startDate = Temporal.PlainDate.from('2026-01-01')
  const runTime = { initialTerm: month, extension: { type: 'TERM_EXTENSION', next: month }, bonusPeriods: [] } as const
  const plan = packPlan({
    componentId: moduleId,
    name,
    frequency: { type: 'FREE' },
    ageAdjustments: [],
    paidFrom: startDate,
    signedOn: startDate,
    alignment: 'OWN',
    runTime: { ...runTime, cancelationStrategy: 'TERM' },
  } satisfies ModulePlan)
  const row = {
    contractId: firstId + FIRST_CONTRACT,
    kind: 'MODULE',
    origin: 'ADDITIONAL',
    exclusive: false,
    moduleId,
    name,
    startDate,
    paidFrom: startDate,
    snapshot: { name, extensionType: 'TERM_EXTENSION', plan },
    ...stamps,
  } as const
  const canceledId = firstId + at.canceledModule
  await tx.insert(subContracts).values([
    { ...row, id: firstId + at.moduleContract },
    { ...row, id: canceledId },
  ])
  await tx.insert(contractCancelations).values({
    subContractId: canceledId,
    kind: 'ORDINARY',
    origin: 'CUSTOMER',
    receiptDate: Temporal.PlainDate.from('2026-06-01'),
    toDate: Temporal.PlainDate.from('2026-06-30'),
    reasonId: firstId + at.cancelationReason,
    reason: `${mark}reason`,
    state: 'EFFECTIVE',
    ...stamps,
  })
}

/** What calls may name of it. */
export function findOfferIds(firstId: number) {
  return {
    membershipOfferId: firstId + at.membershipOffer,
    offerTermId: firstId + at.offerTerm,
    contractId: firstId + FIRST_CONTRACT,
    switchConfigId: firstId + at.membershipSwitch,
    idleReasonId: firstId + at.idleReason,
    idlePeriodId: firstId + at.idlePeriod,
    additionalModuleId: firstId + at.module,
    moduleFrequencyId: firstId + at.moduleFrequency,
    moduleContractId: firstId + at.moduleContract,
    canceledModuleId: firstId + at.canceledModule,
    cancelationReasonId: firstId + at.cancelationReason,
    switcherId: firstId + FIRST_MEMBER + 1,
    switchedContractId: firstId + FIRST_CONTRACT + 1,
  }
}
