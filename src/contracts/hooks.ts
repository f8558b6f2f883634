import type { UnitOfWork } from '../platform/units/work.ts'

/** What modules above bring to contracts. */
export interface ContractHooks {
  /**
   * Hands what a customer owes a studio over to its agency, because a contract was ended for default. Refuses as any
   * handover does: where the studio has no agency, or nothing may be handed over.
   */
  readonly handOver: (
    work: UnitOfWork,
    debtor: { readonly customerId: number; readonly studioId: number },
  ) => Promise<unknown>
}

let filled: ContractHooks | undefined

/** Called once, by the table of contents of the application. */
export function fillContractHooks(hooks: ContractHooks) {
  if (filled) throw new Error('The hooks of contracts are filled already.')
  filled = hooks
}

export function contractHooks(): ContractHooks {
  if (!filled) throw new Error('The hooks of contracts are empty: import src/modules.ts first.')
  return filled
}
