import { readMinor, sum } from '../../accounts/index.ts'
import type { Secrets } from '../../platform/secrets.ts'
import { nonNull } from '../../platform/values/defined.ts'
import { amountNumber } from '../../platform/values/money.ts'
import { presentAddress, presentBank, presentContacts } from '../agencies/present-persons.ts'
import type { Block, Debt, Debtor } from '../api-schemas.ts'
import { type EffectiveBlock, joinBlocks } from '../blocks/block-rules.ts'
import type { BlockRow } from '../blocks/block-store.ts'
import { presentAmount } from '../cases/present-cases.ts'
import type { LiablePersonDetails } from '../person-schemas.ts'
import type { DebtorRow } from './debtor-store.ts'
import type { DebtorSnapshot, DebtSnapshot } from './snapshot-facts.ts'

export interface DebtorContext {
  readonly secrets: Secrets
  readonly languageTag: string
  readonly today: Temporal.PlainDate
  readonly integrationId: number
}

/** A debtor as it was handed over; blocks, states of addresses and what the agency calls the case are as of now. */
export function presentDebtor(row: DebtorRow, blocks: readonly BlockRow[], context: DebtorContext): Debtor {
  const { debtorId, snapshot, ibanEnc, identificationEnc } = row.case
  if (!snapshot) throw new Error(`The case ${row.case.id} was not prepared.`)
  const open = (sealed: Buffer | null) => (sealed ? context.secrets.open('field', sealed) : null)
  const { bank, memberships, liablePerson } = snapshot
  const { addressData, ...address } = presentAddress(snapshot.address, context.languageTag)
  const block = findBlock(blocks, null, context)
  return {
    debtorId,
    membershipNr: snapshot.membershipNumber,
    firstName: snapshot.firstName,
    lastName: snapshot.lastName,
    sex: snapshot.sex,
    ...nonNull({
      secondLastName: snapshot.secondLastName,
      birthdate: snapshot.birthDate,
      identificationNumber: open(identificationEnc),
      block: block && presentBlock(block),
    }),
    ...address,
    addressData: { ...addressData, addressStatus: presentAddressStatus(row) },
    ...(bank ? { paymentDetails: presentBank(bank, open(ibanEnc)) } : {}),
    contactDetails: presentContacts(snapshot.contacts, row.mailStatus),
    contractDetails: memberships.map(({ rateName, ...membership }) => ({ ...membership, ...nonNull({ rateName }) })),
    ...(liablePerson ? { liablePerson: presentLiable(row, liablePerson, context) } : {}),
    collectionCases: [presentCase(row, snapshot.debts, (claimId) => findBlock(blocks, claimId, context))],
  }
}

function presentAddressStatus({ addressStatus, addressInformation, addressSince }: DebtorRow) {
  return {
    type: addressStatus,
    ...nonNull({ statusInformation: addressInformation, since: addressSince?.toString() }),
  }
}

function presentLiable(
  { case: { liableIbanEnc, liableIdentificationEnc } }: DebtorRow,
  liable: NonNullable<DebtorSnapshot['liablePerson']>,
  { secrets, languageTag }: DebtorContext,
): LiablePersonDetails {
  const { firstName, lastName, birthDate, address, contacts, bank } = liable
  const iban = liableIbanEnc ? secrets.open('field', liableIbanEnc) : null
  return {
    firstName,
    lastName,
    ...nonNull({
      birthdate: birthDate,
      identificationNumber: liableIdentificationEnc ? secrets.open('field', liableIdentificationEnc) : null,
    }),
    ...presentAddress(address, languageTag),
    contactDetails: presentContacts(contacts),
    ...(bank ? { paymentDetails: presentBank(bank, iban) } : {}),
  }
}

type FindDebtBlock = (claimId: number) => EffectiveBlock | undefined

function presentCase(row: DebtorRow, debts: readonly DebtSnapshot[], findDebtBlock: FindDebtBlock) {
  const currency = debts[0]?.currency ?? 'EUR'
  const total = sum(debts.map(({ amount }) => readMinor(amount, currency)))
  return {
    collectionCaseId: row.case.uuid,
    openAmount: amountNumber({ minor: total, currency }),
    debt: debts.map((debt) => presentDebt(debt, findDebtBlock(debt.claimId))),
    ...nonNull({ extHumanId: row.publicId, extReferenceId: row.agencyId }),
  }
}

/** A debt; one that belongs to no membership begins when it falls due. */
export function presentDebt(debt: DebtSnapshot, block: EffectiveBlock | undefined): Debt {
  return {
    debtId: debt.debtId,
    debtDate: debt.debtDate,
    contractStartDate: debt.debtDate,
    amount: presentAmount(debt.amount, debt.currency),
    currency: debt.currency,
    type: debt.type as Debt['type'],
    designation: debt.designation,
    recurrence: { period: 'ONCE' },
    maturityType: debt.maturity ?? 'NORMAL',
    ...nonNull({
      servicePeriodStartDate: debt.serviceFrom,
      servicePeriodEndDate: debt.serviceTo,
      latestRejectionReason: debt.latestRejectionReason as Debt['latestRejectionReason'],
      block: block && presentBlock(block),
    }),
  }
}

export const presentBlock = ({ limitType, endDate }: EffectiveBlock): Block => ({
  limitType,
  ...nonNull({ endDate: endDate?.toString() }),
})

/** What blocks a customer (`null`) or one of the claims. */
function findBlock(
  blocks: readonly BlockRow[],
  claimId: number | null,
  { today, integrationId }: Pick<DebtorContext, 'today' | 'integrationId'>,
) {
  return joinBlocks(
    blocks.filter((block) => block.claimId === claimId),
    today,
    integrationId,
  )
}
