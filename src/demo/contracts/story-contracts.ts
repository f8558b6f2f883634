import { countDays } from '../../platform/time/order.ts'
import { idleReason, moduleIds, rateIds } from '../house/catalogue.ts'
import { berlin, graz, hamburg } from '../house/chain.ts'
import { offerTerm } from '../house/offers.ts'
import { bob, edgar, ida, max, nora, otto, rita } from '../people/people.ts'
import { type ContractPlan, running } from './contract-plans.ts'

/** Id of the contract that the API's own examples name. */
export const edgarsContract = 1000
/** When it pauses next. */
export const edgarsPause = 1001
/** The drinks that Edgar has bought beside it. */
export const edgarsDrinks = 1500

const { basic, premium, student, flex } = rateIds
const { vacation, illness } = idleReason
const inBerlin = { studioId: berlin } as const

/** So many days ago the present month of the contracts began in which nothing was paid lately. */
const LATE_MONTH_DAYS = 14

/** Signed seven months before the present one, at the price of Basic. Nothing was paid for the last three months. */
function paysLate(today: Temporal.PlainDate) {
  const start = today.subtract({ days: LATE_MONTH_DAYS }).subtract({ months: 7 })
  const startsIn = -countDays(start, today)
  return { ...inBerlin, term: offerTerm.basic12, startsIn, unpaidDays: 80 }
}

/** Memberships of those customers whose story needs one. */
export function storyContracts(today: Temporal.PlainDate): readonly ContractPlan[] {
  const late = paysLate(today)
  return [
    running({
      id: edgarsContract,
      customerId: edgar,
      ...inBerlin,
      rate: premium,
      startsIn: -260,
      idle: [
        { id: 1000, from: -150, months: 1, reasonId: illness },
        { id: edgarsPause, from: 60, months: 1, reasonId: vacation },
      ],
      modules: [{ id: edgarsDrinks, moduleId: moduleIds.drinks.id, startsIn: -90 }],
    }),
    { id: 1003, customerId: 1003, ...inBerlin, rate: basic, startsIn: -800, endsIn: -70 },
    running({ id: 1004, customerId: 1004, ...inBerlin, rate: basic }),
    running({
      id: 1005,
      customerId: 1005,
      ...inBerlin,
      rate: basic,
      idle: [{ id: 1005, from: -10, reasonId: vacation }],
    }),
    running({ id: 1006, customerId: 1006, studioId: hamburg, rate: premium, onlyAt: hamburg }),
    running({ id: 1007, customerId: 1007, studioId: graz, rate: basic }),
    running({ id: 1008, customerId: 1008, ...inBerlin, rate: basic }),
    running({ id: 1009, customerId: 1009, ...inBerlin, rate: flex }),
    running({ id: 1010, customerId: 1010, ...inBerlin, rate: student }),
    running({ id: 1011, customerId: 1011, ...inBerlin, rate: basic }),
    running({ id: 1012, customerId: 1012, ...inBerlin, rate: premium }),
    running({ id: 1013, customerId: 1013, ...inBerlin, rate: basic }),
    { id: 2203, customerId: max, rate: premium, ...late },
    running({
      id: 2204,
      customerId: ida,
      ...inBerlin,
      rate: premium,
      idle: [{ id: 1204, from: -5, reasonId: illness }],
    }),
    { id: 2205, customerId: nora, rate: flex, ...late },
    running({ id: 2206, customerId: rita, ...inBerlin, rate: basic }),
    running({ id: 2207, customerId: bob, ...inBerlin, rate: premium }),
    running({ id: 2208, customerId: otto, ...inBerlin, rate: premium }),
  ]
}
