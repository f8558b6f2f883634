import { bookPayment, listContractClaims } from '../../../src/accounts/index.ts'
import * as api from '../../../src/contracts/canceling/staff-api.ts'
import { contractsModule } from '../../../src/contracts/index.ts'
import type { TestApp } from '../app.ts'
import { monthly } from '../samples/contract-plan.ts'
import { bookDueClaims } from './accounts.ts'
import { openCanceling, type Signed } from './canceling-scene.ts'
import { openStaff } from './staff.ts'

/** Members of Berlin, on 15 September 2026, who do not pay any more, and staff who end their contracts for that. */
export async function openDefault(app: TestApp) {
  const scene = await openCanceling(app)
  const staff = openStaff(app, contractsModule)
  const wish = { toDate: '2026-09-15', reasonId: scene.reasonId, kind: 'DUNNING' }
  const listClaims = ({ contractId }: Signed) => app.read(({ db }) => listContractClaims(db, contractId))
  return {
    ...scene,
    staff,
    listClaims,
    /** 29.90 a month until the end of 2026. Until July all is paid; August and September are open. */
    async signUnpaid(): Promise<Signed> {
      const contract = await scene.sign({ frequency: monthly('29.90'), extension: { type: 'NONE' } })
      const { customerId, contractId } = contract
      await bookDueClaims(app, { customerId, contractId, until: '2026-09-15' })
      const paid = (await listClaims(contract)).slice(0, 7)
      await app.write((work) =>
        bookPayment(work, {
          customerId,
          studioId: app.berlin.studioId,
          method: 'CASH',
          description: 'Paid',
          journalKey: `paid:${contractId}`,
          amount: { minor: 7n * 2990n, currency: 'EUR' },
          claimIds: paid.map(({ id }) => id),
        }),
      )
      return contract
    },
    end: ({ contractId }: Signed, more: object) => staff.run(api.cancelContract, { contractId }, { ...wish, ...more }),
    refuse: ({ contractId }: Signed, more: object) =>
      staff.refuse(api.cancelContract, { contractId }, { ...wish, ...more }),
  }
}
