import { pinIndexes } from '../../customers/medium-hashes.ts'
import {
  accessMediums,
  accessRestrictions,
  additionalInformationAssignments,
  additionalInformationFields,
  additionalInformationListItems,
} from '../../customers/tables.ts'
import type { Platform } from '../../platform/platform.ts'
import { accountPartLabel, findAccountPart, sealAccount } from '../../payments/instruments/bank-accounts.ts'
import { paymentInstruments } from '../../payments/tables.ts'
import { berlin, demoApp, hamburg, legalEntity } from '../house/chain.ts'
import { edgar, lea, max } from './people.ts'
import { memberIds } from './members.ts'
import { type Planting, plant } from '../planting.ts'

/** Cards, bans, accounts and notes of the people. */
export async function plantBelongings(planting: Planting) {
  await plantMediums(planting)
  await plantRestrictions(planting)
  await plantFields(planting)
  await plantBankAccounts(planting)
}

type Medium = typeof accessMediums.$inferInsert
type MediumType = Medium['type']

const mediums: readonly (readonly [id: number, customerId: number, type: MediumType, value: string])[] = [
  [7001, edgar, 'CARD_NUMBER', '1290158199'],
  [7002, edgar, 'PIN', '12378'],
  [7003, edgar, 'BARCODE', 'EDGAR1001'],
  [7004, edgar, 'WALLET_PASS', 'wallet-1001'],
  [7005, 1013, 'CARD_NUMBER', '1233588160'],
  [7006, 1013, 'BARCODE', 'PSZEYAZ7'],
  [7007, max, 'CARD_NUMBER', '203'],
  // Whom doors keep out.
  [7008, 1003, 'CARD_NUMBER', '1003'],
  [7009, 1004, 'CARD_NUMBER', '1004'],
  [7010, 1005, 'CARD_NUMBER', '1005'],
  [7011, 1006, 'CARD_NUMBER', '1006'],
  [7012, 1007, 'CARD_NUMBER', '1007'],
  [7013, lea, 'CARD_NUMBER', '209'],
]

async function plantMediums(planting: Planting) {
  const cards = memberIds.map((customerId) => ({
    customerId,
    type: 'CARD_NUMBER' as const,
    valueNorm: String(4_000_000_000 + customerId),
  }))
  const named = mediums.map(([id, customerId, type, value]) => ({
    id,
    customerId,
    type,
    ...storedValue(planting.platform, type, value),
    // The wallet pass was handed out by the partner's app, everything else by the staff.
    ownerIntegrationId: type === 'WALLET_PASS' ? demoApp : null,
  }))
  await plant(planting, accessMediums, [...named, ...cards])
}

/** A PIN is found by its hash and read from its seal. */
function storedValue({ secrets }: Platform, type: MediumType, value: string) {
  if (type !== 'PIN') return { valueNorm: value }
  return { valueNorm: pinIndexes(secrets, value)[0] ?? '', valueEnc: secrets.seal('field', value) }
}

async function plantRestrictions(planting: Planting) {
  const day = (days: number) => planting.today.add({ days })
  await plant(planting, accessRestrictions, [
    { customerId: 1004, source: 'INTEGRATION' as const, integrationId: demoApp, reason: 'Destroyed equipment' },
    { customerId: edgar, source: 'STAFF' as const, reason: 'Contract review', startDate: day(120), endDate: day(150) },
  ])
}

const field = { level: 301, newsletter: 302, since: 303, visits: 304, notes: 305 } as const
const levels = ['Beginner', 'Advanced', 'Professional'] as const
const firstLevel = 311

async function plantFields(planting: Planting) {
  const studioIds = [berlin, hamburg]
  const fields = [
    { id: field.level, name: 'Training level', abbreviation: 'LVL', type: 'LIST' as const },
    { id: field.newsletter, name: 'Reads the newsletter', type: 'BOOLEAN' as const },
    { id: field.since, name: 'Trains since', type: 'DATE' as const },
    { id: field.visits, name: 'Visits per week', type: 'NUMERIC' as const },
    { id: field.notes, name: 'Goal', type: 'TEXT' as const },
  ]
  await plant(
    planting,
    additionalInformationFields,
    fields.map((each, position) => ({ ...each, position, studioIds })),
  )
  await plant(
    planting,
    additionalInformationListItems,
    levels.map((name, position) => ({ id: firstLevel + position, fieldId: field.level, name, position })),
  )
  const values = [
    [field.level, String(firstLevel + 1)],
    [field.newsletter, 'true'],
    [field.since, '2001-04-01'],
    [field.visits, '3'],
    [field.notes, 'Stay strong'],
  ] as const
  await plant(
    planting,
    additionalInformationAssignments,
    values.map(([fieldId, value]) => ({ customerId: edgar, fieldId, value })),
  )
}

interface Account {
  readonly id: number
  readonly customerId: number
  readonly type: 'SEPA' | 'BACS' | 'ACH'
  readonly holder: string
  readonly number: string
  readonly bank: string
  readonly bic?: string
}

const bankAccounts: readonly Account[] = [
  {
    id: 6001,
    customerId: edgar,
    type: 'SEPA',
    holder: 'Sven Hannawald',
    number: 'DE91100000000123456789',
    bank: 'Deutsche Bank',
    bic: 'DEUTDEFFXXX',
  },
  {
    id: 6003,
    customerId: 1003,
    type: 'SEPA',
    holder: 'Frank Former',
    number: 'DE89370400440532013000',
    bank: 'Commerzbank',
    bic: 'COBADEFFXXX',
  },
  { id: 6008, customerId: 1008, type: 'BACS', holder: 'Beth Sterling', number: '20000055779911', bank: 'HSBC' },
  { id: 6009, customerId: 1009, type: 'ACH', holder: 'Abe Dollar', number: '021000021/000123456789', bank: 'Chase' },
]

async function plantBankAccounts(planting: Planting) {
  const { secrets } = planting.platform
  const charged = { state: 'ACTIVE' as const, isRunDefault: true, entityId: legalEntity }
  const accounts = bankAccounts.map(({ number, ...account }) => ({
    ...account,
    ...charged,
    mandateRef: `MANDATE-${account.customerId}`,
    signedOn: planting.today,
    ...sealAccount(secrets, number, account.type === 'ACH' ? number.slice(10) : findAccountPart(number)),
  }))
  const card = {
    id: 6010,
    customerId: 1010,
    type: 'CREDIT_CARD' as const,
    holder: 'Carla Card',
    brand: 'VISA',
    ...charged,
    last4: '1111',
    expiry: planting.today.add({ years: 3 }),
    usableInShop: true,
    accountPartHmac: secrets.hash('blind-index', accountPartLabel('1111')),
  }
  await plant(planting, paymentInstruments, [...accounts, card])
}
