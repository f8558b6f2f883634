import * as offers from '../../../src/membership-offers/staff-api.ts'
import type { TestApp } from '../app.ts'
import type { Staff } from './staff.ts'

const month = { value: 1, unit: 'MONTH' }

/** A module with the id of its only price. */
export interface SoldInTest {
  readonly moduleId: number
  readonly frequencyId: number
  readonly name: string
}

let count = 0

/** A module of all studios for 12.00 a month, by the month until it is canceled, that is sold online. */
export async function addModule(staff: Staff, changes: object = {}): Promise<SoldInTest> {
  const name = `Module ${++count}`
  const { moduleId } = await staff.run(
    offers.modules.import,
    {},
    {
      name,
      term: month,
      extensionType: 'TERM_EXTENSION',
      extensionTerm: month,
      onlineBookable: true,
      paymentFrequencies: [{ paymentFrequency: { type: 'RECURRING', term: month, price: '12.00' } }],
      ...changes,
    },
  )
  const shown = await staff.run(offers.modules.show, { moduleId })
  return { moduleId, frequencyId: shown.paymentFrequencies[0].id, name }
}

/** Buys a module to a contract through the API. */
export function buyModule(
  app: TestApp,
  contractId: number,
  { moduleId, frequencyId }: Pick<SoldInTest, 'moduleId' | 'frequencyId'>,
  wish: object = {},
) {
  return app.post(`/v1/memberships/${contractId}/self-service/additional-modules/purchase`, {
    additionalModuleId: moduleId,
    paymentFrequencyId: frequencyId,
    bookTrialPeriod: false,
    ...wish,
  })
}

export const modulePath = (contractId: number, moduleContractId: number) =>
  `/v1/memberships/${contractId}/self-service/additional-module-contracts/${moduleContractId}`
