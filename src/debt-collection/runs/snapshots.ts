import type { UnitOfWork } from '../../platform/units/work.ts'
import type { ContactSnapshot, ContactType, DebtorSnapshot, DebtSnapshot } from './snapshot-facts.ts'
import {
  type DescribedDebt,
  listCurrentMemberships,
  listDescribedDebts,
  listPersons,
  type MembershipRow,
  type PersonRow,
  saveSnapshot,
} from './snapshot-store.ts'

/** So many customers are read at once. */
const AT_ONCE = 500

interface FrozenCase {
  readonly id: number
  readonly customerId: number
}

/** Keeps what an agency is given of customers and debts, so that reading it again gives the same. */
export async function freezeDebtors(work: UnitOfWork, cases: readonly FrozenCase[]) {
  for (let from = 0; from < cases.length; from += AT_ONCE) await freezeSome(work, cases.slice(from, from + AT_ONCE))
}

async function freezeSome(work: UnitOfWork, cases: readonly FrozenCase[]) {
  const customerIds = cases.map(({ customerId }) => customerId)
  const caseIds = cases.map(({ id }) => id)
  const persons = new Map((await listPersons(work.tx, customerIds)).map((row) => [row.person.id, row]))
  const memberships = Map.groupBy(
    await listCurrentMemberships(work.tx, customerIds, work.now),
    ({ customerId }) => customerId,
  )
  const debts = Map.groupBy(await listDescribedDebts(work.tx, caseIds), ({ caseId }) => caseId)
  for (const { id, customerId } of cases) {
    const row = persons.get(customerId)
    if (!row) throw new Error(`There is no customer ${customerId}.`)
    const snapshot = makeSnapshot(row, memberships.get(customerId) ?? [], debts.get(id) ?? [])
    await saveSnapshot(work.tx, id, { snapshot, ...pickSealed(row) }, work.now)
  }
}

/** Numbers of accounts and documents stay sealed, as they are where they come from. */
function pickSealed({ person, instrument, liable }: PersonRow) {
  const hasIban = instrument !== null && ['SEPA', 'CH_DD', 'LSV'].includes(instrument.type)
  return {
    ibanEnc: hasIban ? instrument.accountEnc : null,
    identificationEnc: person.taxIdEnc ?? person.docIdentEnc,
    liableIbanEnc: liable?.ibanEnc ?? null,
    liableIdentificationEnc: liable?.taxIdEnc ?? liable?.docIdentEnc ?? null,
  }
}

function makeSnapshot(
  { person, instrument, liable }: PersonRow,
  memberships: readonly MembershipRow[],
  debts: readonly DescribedDebt[],
): DebtorSnapshot {
  const { street, houseNumber, zipCode, city, province, countryCode } = person
  return {
    membershipNumber: person.customerNumber,
    firstName: person.firstName,
    lastName: person.lastName,
    secondLastName: person.secondLastName,
    sex: person.gender,
    birthDate: person.dateOfBirth?.toString() ?? null,
    address: { street, houseNumber, zipCode, city, province, countryCode },
    contacts: listContacts([
      ['TEL_PRIVATE', person.phonePrivate],
      ['TEL_PRIVATE_MOBILE', person.phonePrivateMobile],
      ['TEL_BUSINESS', person.phoneBusiness],
      ['TEL_BUSINESS_MOBILE', person.phoneBusinessMobile],
      ['EMAIL', person.email],
    ]),
    bank: instrument && { holder: instrument.holder, bic: instrument.bic, bank: instrument.bank },
    liablePerson: liable && freezeLiable(liable),
    memberships: memberships.map(({ id, rateName, startDate, endDate, createdDate, cancelled }) => ({
      id,
      rateName,
      startDate: startDate.toString(),
      endDate: endDate.toString(),
      createdDate: createdDate.toString(),
      cancelled,
    })),
    debts: debts.map(freezeDebt),
  }
}

function freezeLiable(liable: NonNullable<PersonRow['liable']>): NonNullable<DebtorSnapshot['liablePerson']> {
  const { firstName, lastName, dateOfBirth, street, houseNumber, zipCode, city, countryCode } = liable
  const hasAccount = liable.accountHolder !== null || liable.ibanEnc !== null
  return {
    firstName,
    lastName,
    birthDate: dateOfBirth?.toString() ?? null,
    address: { street, houseNumber, zipCode, city, province: null, countryCode },
    contacts: listContacts([
      ['TEL_PRIVATE', liable.phone],
      ['EMAIL', liable.email],
    ]),
    bank: hasAccount ? { holder: liable.accountHolder, bic: liable.bic, bank: liable.bankName } : null,
  }
}

const listContacts = (known: readonly (readonly [ContactType, string | null])[]): ContactSnapshot[] =>
  known.flatMap(([type, value]) => (value === null ? [] : [{ type, value }]))

function freezeDebt({ original, claim }: DescribedDebt): DebtSnapshot {
  return {
    claimId: claim.id,
    debtId: claim.debtUuid,
    debtDate: claim.dueDate.toString(),
    amount: original,
    currency: claim.currency,
    type: claim.kind,
    designation: claim.description,
    serviceFrom: claim.serviceFrom?.toString() ?? null,
    serviceTo: claim.serviceTo?.toString() ?? null,
    latestRejectionReason: claim.latestRejectionReason,
    maturity: claim.maturity,
  }
}
