import { and, eq, type SQL, sql } from 'drizzle-orm'
import { customerStanding, isVisible, type Sight } from '../customers/index.ts'
import { customers } from '../customers/customer-table.ts'
import { readMembershipFacts } from '../contracts/index.ts'
import { prepared, type Queryable } from '../platform/database/database.ts'
import type { CalendarUnit } from '../platform/time/zoned-time.ts'
import { studios } from '../studios/tables.ts'
import type { BenefitFacts, BenefitLimit, BenefitRule, BenefitSource } from './benefit-facts.ts'

/** Where a benefit is to be used, whose it is, and which customers the caller may name. */
export interface BenefitSite {
  readonly studioId: number
  /** Whose benefits; null = of any partner, as for the studio's own equipment and staff. */
  readonly integrationId: number | null
  readonly sight: Sight
}

interface RuleJson {
  readonly ruleId: number
  readonly source: BenefitSource
  readonly sourceId: number | null
  readonly contingent: BenefitLimit['kind']
  readonly amount: number | null
  readonly unit: CalendarUnit | null
  readonly anchor: 'CALENDAR' | 'CONTRACT_START' | null
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly counters:
    | readonly { readonly contractId: number; readonly periodStart: string; readonly used: number }[]
    | null
}

interface BenefitJson {
  readonly benefitId: number
  readonly key: string
  readonly rules: readonly RuleJson[] | null
}

const fromDate = sql`${sql.placeholder('fromDate')}::date`
const ownerId = sql`${sql.placeholder('ownerId')}::bigint`
const studioId = sql.placeholder('studioId')

/** Counters that may be of the present period; one that counts for good begins with time. */
const counters = sql`(select json_agg(json_build_object(
    'contractId', k.contract_id, 'periodStart', k.period_start, 'used', k.used))
  from benefit_counters k where k.customer_id = ${customers.id} and k.rule_id = r.id and (r.period_unit is null
    or k.period_start >= ${fromDate} - 3 - ('1 ' || r.period_unit)::interval))`

const rules = sql`(select json_agg(json_build_object('ruleId', r.id, 'source', r.source, 'sourceId', r.source_id,
    'contingent', r.contingent, 'amount', r.amount, 'unit', r.period_unit, 'anchor', r.anchor,
    'validFrom', r.valid_from, 'validTo', r.valid_to, 'counters', ${counters}))
  from benefit_rules r where r.benefit_id = b.id and r.studio_id = ${customers.studioId}
    and (r.source in ('RATE', 'MODULE', 'ALL_MEMBERS') or (r.source = 'CUSTOMER' and r.source_id = ${customers.id})))`

/** Switched on here and at home, which for members of the studio is the same; guests only find cross-facility ones. */
const benefits = sql<BenefitJson[] | null>`(select json_agg(json_build_object(
    'benefitId', b.id, 'key', b.key, 'rules', ${rules}) order by b.key, b.id)
  from benefits b join benefit_studios h on h.benefit_id = b.id and h.studio_id = ${studioId} and h.enabled
  join benefit_studios o on o.benefit_id = b.id and o.studio_id = ${customers.studioId} and o.enabled
  where b.active and (${ownerId} is null or b.integration_id = ${ownerId})
    and (${customers.studioId} = ${studioId} or b.cross_facility))`

function selectFacts(db: Queryable, name: string, where: SQL) {
  return db
    .select({
      customerId: customers.id,
      homeStudioId: customers.studioId,
      zone: studios.timeZone,
      membershipUntil: sql<string | null>`${customers.membershipUntil}::text`,
      benefits,
      standing: customerStanding(sql`${customers.id}`),
    })
    .from(customers)
    .innerJoin(studios, eq(studios.id, customers.studioId))
    .where(and(where, isVisible))
    .prepare(name)
}

const byId = prepared((db) => selectFacts(db, 'benefits_find_facts', eq(customers.id, sql.placeholder('customerId'))))

/** Everything that decides on the benefits of a customer whom the sight sees, in one statement. */
export async function findBenefitFacts(
  db: Queryable,
  customerId: number,
  { studioId, integrationId: ownerId, sight }: BenefitSite,
  now: Temporal.Instant,
): Promise<BenefitFacts | undefined> {
  const [row] = await byId(db).execute({ customerId, studioId, ownerId, ...sight, fromDate: yesterday(now) })
  return row ? readFacts(row) : undefined
}

/** A day before the local date at the latest, whatever the zone. */
const yesterday = (now: Temporal.Instant) =>
  now.toZonedDateTimeISO('UTC').toPlainDate().subtract({ days: 1 }).toString()

type FactsRow = Awaited<ReturnType<ReturnType<typeof byId>['execute']>>[number]

function readFacts({ standing, benefits, ...same }: FactsRow): BenefitFacts {
  return {
    ...same,
    contracts: readMembershipFacts(standing, null).contracts,
    restrictions: standing?.restrictions ?? [],
    benefits: (benefits ?? []).map(({ rules, ...benefit }) => ({ ...benefit, rules: (rules ?? []).map(readRule) })),
  }
}

const readDate = (text: string | null) => (text === null ? null : Temporal.PlainDate.from(text))

function readRule(row: RuleJson): BenefitRule {
  const { ruleId, source, sourceId, validFrom, validTo } = row
  const counters = (row.counters ?? []).map(({ periodStart, ...same }) => ({
    ...same,
    periodStart: Temporal.PlainDate.from(periodStart),
  }))
  const dates = { validFrom: readDate(validFrom), validTo: readDate(validTo) }
  return { ruleId, source, sourceId, limit: readLimit(row), counters, ...dates }
}

function readLimit({ contingent, amount, unit, anchor }: RuleJson): BenefitLimit {
  if (contingent === 'UNLIMITED' || amount === null) return { kind: 'UNLIMITED' }
  if (unit === null || anchor === null) return { kind: 'TOTAL', amount }
  return { kind: 'PER_PERIOD', amount, unit, anchor }
}
