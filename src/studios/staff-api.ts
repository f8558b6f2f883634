import { Type } from 'typebox'
import { choice, dateTime, flag, id, int32, list, text } from '../platform/api/schema.ts'
import { staffOperation } from '../platform/staff/staff-operation.ts'
import { leadDuplicateRules } from './lead-duplicate-rule.ts'
import { longestWithdrawal } from './tables.ts'

const counted = { minimum: 0, maximum: 10_000 }

export const changeStudioSettings = staffOperation({
  operationId: 'adminChangeStudioSettings',
  method: 'PATCH',
  path: '/admin/v1/studios/{studioId}/settings',
  tag: 'Studios',
  summary: 'change how a studio treats new people, the data of its staff and its offers; what is left out stays',
  permissions: ['studio.write'],
  params: Type.Object({ studioId: id('The studio.') }),
  body: Type.Object({
    leadDuplicateRule: Type.Optional(
      choice(leadDuplicateRules, 'a prospect is known by the e-mail alone, or by e-mail and names: for families'),
    ),
    duplicateCheck: Type.Optional(flag('a second person with the same names, birth date and e-mail is refused')),
    taxIdStrict: Type.Optional(flag('tax ids need the right check characters, too')),
    customerNumberPattern: Type.Optional(
      text('form of new customer numbers, with {counter} and, if wanted, {studio}', { maxLength: 40 }),
    ),
    sharePrivateEmployeeData: Type.Optional(flag('partners get birth dates, addresses and phones of the staff')),
    backdateDays: Type.Optional(int32('a contract may start so many days before it is signed', counted)),
    advanceMonths: Type.Optional(int32('or so many months after', counted)),
    maxPreuseDays: Type.Optional(int32('members may use the studio so many days before their start', counted)),
    referralsEnabled: Type.Optional(flag('codes of members count when friends sign a contract')),
    withdrawalDays: Type.Optional(
      int32('the signing of a contract can be taken back so many days after it; 0: on its own day only', {
        minimum: 0,
        maximum: longestWithdrawal,
      }),
    ),
    withdrawalChargesUsedDays: Type.Optional(flag('the days that were used until then are charged')),
    showContractVolume: Type.Optional(flag('offers and previews say what a contract costs in all')),
  }),
  answer: Type.Object({ studioId: id('The studio.') }),
  cli: {
    name: 'studio settings',
    options: {
      leadDuplicateRule: '--lead-duplicates <rule>',
      taxIdStrict: '--[no-]strict-tax-ids',
      customerNumberPattern: '--customer-numbers <pattern>',
      sharePrivateEmployeeData: '--[no-]share-staff-data',
      backdateDays: '--backdate <days>',
      advanceMonths: '--advance <months>',
      maxPreuseDays: '--pre-use <days>',
      referralsEnabled: '--[no-]referrals',
      withdrawalDays: '--withdrawal-days <days>',
      withdrawalChargesUsedDays: '--[no-]charge-used-days',
      showContractVolume: '--[no-]contract-volume',
    },
  },
})

export const changeTenantSettings = staffOperation({
  operationId: 'adminChangeTenantSettings',
  method: 'PATCH',
  path: '/admin/v1/settings',
  tag: 'Studios',
  summary: 'change what holds for the whole gym company; what is left out stays',
  permissions: ['studio.write'],
  body: Type.Object({
    accountBalanceSign: Type.Optional(
      choice(
        ['CUSTOMER', 'RECEIVABLE'],
        'how partners read balances: CUSTOMER below zero when the customer owes, RECEIVABLE above zero',
      ),
    ),
  }),
  answer: Type.Object({ tenantId: id('The gym company.') }),
  cli: { name: 'tenant settings', options: { accountBalanceSign: '--balance-sign <side>' } },
})

export const listJobs = staffOperation({
  operationId: 'adminListJobs',
  method: 'GET',
  path: '/admin/v1/jobs',
  tag: 'Studios',
  summary: 'list what runs by itself for a studio, each day or when something is due, and when next',
  permissions: ['jobs.operate'],
  body: Type.Object({ studioId: id('the studio') }),
  answer: Type.Object({
    jobs: list(
      Type.Object({
        name: text('The job.'),
        runs: choice(['DAILY', 'WHEN_DUE'], 'At an hour of each day, or within 15 seconds after something is due.'),
        nextRunAt: Type.Optional(dateTime('When it runs next; only of a daily one.')),
        lastRunAt: Type.Optional(dateTime('When it has run last.')),
      }),
      'Daily ones first, by name.',
    ),
  }),
  cli: { name: 'job list', options: { studioId: '--studio <id>' } },
})

export const runJob = staffOperation({
  operationId: 'adminRunJob',
  method: 'POST',
  path: '/admin/v1/jobs/run',
  tag: 'Studios',
  summary:
    'let a job of a studio run now: a daily one besides its hour, others with all that is due; a running server begins',
  permissions: ['jobs.operate'],
  body: Type.Object({ name: text('the job, as in the list'), studioId: id('the studio') }),
  answer: Type.Object({ name: text('The job.'), studioId: id('The studio.') }),
  cli: { name: 'job run', arguments: ['name'], options: { studioId: '--studio <id>' } },
})
