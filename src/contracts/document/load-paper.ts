import { type ContractFacts, Speaker, writeContract } from '../../membership-offers/index.ts'
import type { PaymentWay } from '../../payments/index.ts'
import type { Queryable } from '../../platform/database/database.ts'
import { chooseLanguage, type TextOverrides } from '../../platform/errors/localisation.ts'
import type { Paper } from '../../platform/paper/paper.ts'
import { findStudio, findTenant } from '../../studios/index.ts'
import { loadContracts } from '../changing/loading.ts'
import type { SignedContract } from '../signed/signed-contract-facts.ts'
import type { BuyerSnapshot } from './buyer-snapshot.ts'
import { listDrawings } from './document-store.ts'
import { defined } from '../../platform/values/defined.ts'

interface Wanted {
  readonly contractId: number
  readonly buyer: BuyerSnapshot
  readonly overrides: TextOverrides
}

/** The document of a contract as it was signed, in the language of its studio. */
export async function loadPaper(db: Queryable, { contractId, buyer, overrides }: Wanted): Promise<Paper> {
  const [[contract], drawings, tenant] = await Promise.all([
    loadContracts(db, [contractId]),
    listDrawings(db, contractId),
    findTenant(db),
  ])
  const studio = contract && (await findStudio(db, contract.row.studioId))
  if (!contract || !studio) throw new Error(`The contract ${contractId} is gone.`)
  const language = chooseLanguage(undefined, studio.languageTag, tenant?.defaultLanguage)
  const speaker = new Speaker({ language, overrides })
  const { row } = contract
  const { snapshot } = row
  const drawing = drawings.get(null)
  const facts: ContractFacts = {
    contractId,
    signedAt: row.signedAt,
    studio,
    member: { ...buyer, birthDate: buyer.birthDate === null ? null : Temporal.PlainDate.from(buyer.birthDate) },
    offerName: snapshot.offerName ?? snapshot.rateName,
    rateName: snapshot.rateName,
    laterRates: (snapshot.laterRates ?? []).map(({ rateName }) => rateName),
    plan: readSignedPlan(contract),
    payment: describePayment(buyer.payment, speaker),
    texts: (snapshot.texts ?? []).map(({ textBlockId, title, text, mustBeConfirmed }) => {
      const drawn = drawings.get(textBlockId)
      const isConfirmed = mustBeConfirmed === true
      return { title, text, isConfirmed, ...defined({ drawing: drawn }) }
    }),
    ...defined({ voucher: snapshot.voucher }),
    ...defined({ drawing }),
  }
  return writeContract(facts, speaker)
}

/**
 * The plan on the day of signing: modules that were bought later, those that follow another one, and cancelations, are no part of
 * what was signed.
 */
function readSignedPlan({ plan, subContracts }: SignedContract): ContractFacts['plan'] {
  const ids = new Set(subContracts.map(({ row }) => row.id))
  const modules = subContracts.flatMap(({ row, plan: module }) => {
    if (!module || (row.origin === 'ADDITIONAL' && !module.carried)) return []
    // A paper that waits is printed when the clock has moved on.
    if (row.previousId !== null && ids.has(row.previousId)) return []
    const { canceledTo: _canceled, wishedEnd: _wished, ...signed } = module
    return [signed]
  })
  return { ...plan, modules }
}

const brands = {
  BACS: 'Bacs',
  SEPA: 'SEPA',
  CH_DD: 'CH-DD',
  LSV: 'LSV+',
  TWINT: 'TWINT',
  PAYPAL: 'PayPal',
  BANCONTACT: 'Bancontact',
  IDEAL: 'iDEAL',
} as const

function describePayment({ choice, masked, holder }: PaymentWay, speaker: Speaker): string {
  return [nameChoice(choice, speaker), masked, holder].filter((each) => each !== undefined).join(', ')
}

function nameChoice(choice: PaymentWay['choice'], speaker: Speaker): string {
  switch (choice) {
    case 'CASH':
      return speaker.say('pagetext.payment.cash')
    case 'BANK_TRANSFER':
      return speaker.say('pagetext.payment.bankTransfer')
    case 'CREDIT_CARD':
      return speaker.say('pagetext.payment.card')
    case 'SEPA':
    case 'BACS':
    case 'CH_DD':
    case 'LSV':
      return speaker.say('pagetext.payment.directDebit', brands[choice])
    default:
      return brands[choice]
  }
}
