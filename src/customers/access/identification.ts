import { badRequest } from '../../platform/errors/errors.ts'
import type { Queryable } from '../../platform/database/database.ts'
import type { Secrets } from '../../platform/secrets.ts'
import type { UnitOfWork } from '../../platform/units/work.ts'
import { pinIndexes } from '../medium-hashes.ts'
import { openAccessSecrets } from './access-secrets.ts'
import { judgeDynamicCode, parseDynamicCode, stepAt } from './dynamic-code.ts'
import {
  type Identification,
  type IdentificationPlan,
  listBarcodeForms,
  planIdentification,
} from './identification-rules.ts'
import {
  findCodeFacts,
  findMediumHolder,
  findNumberHolder,
  findPersonalHolder,
  insertCodeUse,
  type WantedMedium,
} from './identification-store.ts'

/** With a null the server would plan the statement anew each time. */
const NO_DEVICE = 0

/** Where and when a person identifies themself. */
export interface IdentificationContext {
  readonly tenantId: number
  /** Decides which kinds of access code count. */
  readonly studioId: number
  readonly now: Temporal.Instant
  readonly secrets: Secrets
  /** The reader; without one a code that counts once is not checked for having been taken. */
  readonly deviceId?: number
}

export interface Identity {
  readonly customerId: number
  readonly accessMediumId?: number
  /** Set where codes count once: the code that lets the person in has to call `useAccessCode` with it. */
  readonly codeStep?: number
}

/**
 * Who carries a card, PIN, barcode, wallet pass or code, in the whole tenant; undefined for nobody, erased people and
 * codes that are out of date, taken before, or not accepted by the studio. One statement. Refuses what is no card number
 * at all; `reference` names the field of the request for that.
 */
export async function identifyCustomer(
  db: Queryable,
  given: Identification,
  at: IdentificationContext,
  reference = 'identification.value',
): Promise<Identity | undefined> {
  const plan = planOrRefuse(given, reference)
  switch (plan.kind) {
    case 'NOBODY':
      return undefined
    case 'MEDIUM':
      return findMediumHolder(db, toWantedMedium(plan, at.secrets), at.now)
    case 'PERSONAL':
      return findPersonalHolder(db, plan, at.studioId)
    case 'STATIC_NUMBER':
      return (await findNumberHolder(db, plan.number, at.studioId)) ?? findByBarcode(db, plan.number, at)
    case 'DYNAMIC':
      return (await dynamicHolder(db, plan.text, at)) ?? findByBarcode(db, plan.text, at)
  }
}

/**
 * Notes that a device has let a person in by a code that counts once, in the unit that does so. False when another call
 * was faster: then the code is refused.
 */
export function useAccessCode(
  { tx, now }: UnitOfWork,
  taken: { readonly customerId: number; readonly codeStep: number; readonly deviceId: number },
): Promise<boolean> {
  const { customerId, codeStep, deviceId } = taken
  return insertCodeUse(tx, { customerId, step: codeStep, deviceId }, now)
}

type UsablePlan = Exclude<IdentificationPlan, { kind: 'CARD_NUMBER_INVALID' }>

function planOrRefuse(given: Identification, reference: string): UsablePlan {
  const plan = planIdentification(given)
  if (plan.kind === 'CARD_NUMBER_INVALID') throw badRequest('errormessage.cardNumber.invalid', { reference })
  return plan
}

function toWantedMedium({ type, value }: Extract<UsablePlan, { kind: 'MEDIUM' }>, secrets: Secrets): WantedMedium {
  if (type === 'PIN') return { type, wanted: pinIndexes(secrets, value) }
  return { type, wanted: type === 'BARCODE' ? listBarcodeForms(value) : value }
}

/** Many readers call every barcode a QR code: digits that are no code of ours may be one. */
const findByBarcode = (db: Queryable, value: string, { secrets, now }: IdentificationContext) =>
  findMediumHolder(db, toWantedMedium({ kind: 'MEDIUM', type: 'BARCODE', value }, secrets), now)

/**
 * The medium that is shown, for statements that join {@link selectHolder}; undefined for codes, which need several
 * statements. Refuses what is no card number as `identifyCustomer` does.
 */
export function wantedMedium(given: Identification, secrets: Secrets): WantedMedium | undefined {
  const plan = planOrRefuse(given, 'identification.value')
  return plan.kind === 'MEDIUM' ? toWantedMedium(plan, secrets) : undefined
}

async function dynamicHolder(
  db: Queryable,
  text: string,
  { studioId, now, secrets, deviceId }: IdentificationContext,
): Promise<Identity | undefined> {
  const code = parseDynamicCode(text)
  if (!code) return undefined
  const firstStep = stepAt(now) - 1
  const facts = await findCodeFacts(db, code.customerId, { studioId, deviceId: deviceId ?? NO_DEVICE, firstStep })
  if (!facts) return undefined
  const { customerId, isSingleUse, usedSteps } = facts
  const codeStep = judgeDynamicCode(code, facts, openAccessSecrets(facts, secrets, now), now)
  if (codeStep === undefined || (isSingleUse && usedSteps.includes(codeStep))) return undefined
  return { customerId, ...(isSingleUse ? { codeStep } : {}) }
}
