import { listWantedEntitlements } from '../../contracts/changing/contract-entitlements.ts'
import {
  contractCancelations,
  contractCheckinStudios,
  contractPhases,
  contracts,
  idlePeriods,
  subContracts,
} from '../../contracts/tables.ts'
import { entitlements } from '../../entitlements/tables.ts'
import { defined } from '../../platform/values/defined.ts'
import { service } from '../house/catalogue.ts'
import { type Planting, plant } from '../planting.ts'
import { nora } from '../people/people.ts'
import { berlin } from '../house/chain.ts'
import { rateEntitlement } from './contract-plans.ts'
import type { DrawnContract } from './draw-up.ts'

/** What customers may use beside their rate: packages that are used up. */
export const norasPackages = { personalTraining: 5001, aqua: 5002 } as const

/** Stores memberships with all that belongs to them but their charges. */
export async function plantContracts(planting: Planting, drawn: readonly DrawnContract[]) {
  const all = drawn.map(({ contract }) => contract)
  await plant(
    planting,
    contracts,
    all.map(({ row }) => row),
  )
  await plant(
    planting,
    contractPhases,
    all.flatMap(({ phases }) => phases.map(({ id: _none, ...phase }) => phase)),
  )
  await plant(
    planting,
    contractCheckinStudios,
    drawn.map(({ plan: { id, onlyAt } }) => ({ contractId: id, ...defined({ studioId: onlyAt }) })),
  )
  await plant(
    planting,
    subContracts,
    drawn.flatMap(({ contract, modules }) =>
      contract.subContracts.map(({ row }) => {
        const module = modules.find(({ sub }) => sub.row.id === row.id)
        if (!module) return row
        return { ...row, extensionIndex: module.index, committedEnd: module.end ?? null, endIsFinal: module.isFinal }
      }),
    ),
  )
  await plant(
    planting,
    idlePeriods,
    all.flatMap((contract) => contract.idlePeriods),
  )
  await plant(planting, contractCancelations, drawn.flatMap(listCancelations))
  await plant(planting, entitlements, drawn.flatMap(listEntitlements))
  await plantPackages(planting)
}

function listCancelations({ contract: { cancelation, subContracts: subs } }: DrawnContract) {
  const all = [
    ...(cancelation ? [cancelation] : []),
    ...subs.flatMap((sub) => (sub.cancelation ? [sub.cancelation] : [])),
  ]
  return all.map(({ id: _none, ...row }) => row)
}

/** Those of the first rate have ids that bookings of the demo name. */
function listEntitlements({ contract, timeline, modules }: DrawnContract) {
  const { id: contractId, customerId, studioId } = contract.row
  return listWantedEntitlements(contract, timeline, modules).map((wanted) => ({
    ...wanted,
    ...(wanted.source === 'RATE' && wanted.validFrom.equals(contract.plan.useFrom)
      ? { id: rateEntitlement(contractId, wanted.serviceId) }
      : {}),
    contractId,
    customerId,
    homeStudioId: studioId,
    anchor: wanted.validFrom,
  }))
}

/** Packages that Nora has bought and used up. */
async function plantPackages(planting: Planting) {
  const since = planting.today.subtract({ days: 60 })
  const bought = { customerId: nora, source: 'PACKAGE' as const, quantity: 1, homeStudioId: berlin }
  await plant(planting, entitlements, [
    {
      id: norasPackages.personalTraining,
      serviceId: service.personalTraining,
      ...bought,
      anchor: since,
      validFrom: since,
    },
    { id: norasPackages.aqua, serviceId: service.aqua, ...bought, anchor: since, validFrom: since },
  ])
}
