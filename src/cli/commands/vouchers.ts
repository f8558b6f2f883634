import { writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { defined } from '../../platform/values/defined.ts'
import {
  changeCampaign,
  createCampaign,
  exportCodes,
  generateCodes,
  listCampaigns,
  listRedemptions,
  setVoucherActive,
} from '../../vouchers/index.ts'
import { parseId, parseIds, parseWhole, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import { parseDate } from '../input/local-times.ts'

interface CampaignOptions {
  readonly name?: string
  readonly from?: Temporal.PlainDate
  readonly to?: Temporal.PlainDate
  readonly studios?: number[]
  readonly offers?: number[]
  readonly default?: number
  readonly perPerson?: number
  readonly members?: boolean
  readonly pass?: string
  readonly active?: boolean
}

export function addVoucherCommands(program: Command) {
  const voucher = program.command('voucher')
  const create = withOptions(voucher.command('campaign').description('add a campaign')).option(
    '--prefix <text>',
    'five letters and digits that its codes begin with; left out: drawn',
  )
  tenantCommand<CampaignOptions & { prefix?: string }>(create, ({ write }, { options }) =>
    write((work) => createCampaign(work, readCampaign(options))),
  )
  const update = withOptions(voucher.command('update <campaignId>').description('change a campaign'))
    .option('--active', 'its codes count again')
    .option('--no-active', 'its codes count no more')
  tenantCommand<CampaignOptions>(update, async ({ write }, { args: [id = ''], options }) => {
    await write((work) => changeCampaign(work, parseId(id), readChanges(options)))
    return { campaignId: parseId(id) }
  })
  tenantCommand(voucher.command('campaigns').description('list campaigns'), ({ read }) =>
    read(({ db }) => listCampaigns(db)),
  )
  addCodes(voucher)
}

function withOptions(command: Command): Command {
  return command
    .option('--name <name>')
    .option('--from <date>', 'first day', parseDate)
    .option('--to <date>', 'last day', parseDate)
    .option('--studios <ids>', 'where codes are redeemed', parseIds)
    .option('--offers <ids>', 'online offers to choose from', parseIds)
    .option('--default <id>', 'the offer of those who do not choose; left out: the first', parseId)
    .option('--per-person <n>', 'codes that one person may redeem', parseWhole)
    .option('--members', 'members may redeem them, too')
    .option('--no-members', 'members may not')
    .option('--pass <term>', 'how long the pass lasts, as in 2-week; left out: as the offer says')
}

function readCampaign(options: CampaignOptions & { prefix?: string }) {
  const { name, from, to, studios, offers, prefix } = options
  if (!name || !from || !to || !studios || !offers) {
    throw new UsageError('--name, --from, --to, --studios and --offers are needed.')
  }
  const whole = { name, validFrom: from, validTo: to, studioIds: studios, offerIds: offers }
  const defaultOfferId = options.default ?? offers[0] ?? 0
  return { ...readChanges(options), ...whole, defaultOfferId, ...defined({ prefix }) }
}

function readChanges(options: CampaignOptions) {
  const { name, from, to, studios, offers, perPerson, members, active, pass } = options
  return {
    ...defined({
      name,
      validFrom: from,
      validTo: to,
      studioIds: studios,
      offerIds: offers,
      defaultOfferId: options.default,
      maxPerPerson: perPerson,
      membersAllowed: members,
      active,
    }),
    ...(pass === undefined ? {} : readTerm(pass)),
  }
}

function readTerm(text: string) {
  const [, value = '', word = ''] = /^(\d{1,4})-?([a-z]+?)s?$/i.exec(text) ?? []
  const unit = (['DAY', 'WEEK', 'MONTH', 'YEAR'] as const).find((each) => each === word.toUpperCase())
  if (!unit || Number(value) < 1) throw new UsageError('--pass is a term such as 1-day, 2-week, 1-month.')
  return { passValidityValue: Number(value), passValidityUnit: unit }
}

function addCodes(voucher: Command) {
  const generate = voucher
    .command('generate <campaignId>')
    .description('make codes of a campaign and print them')
    .requiredOption('--count <n>', 'at most 10000', parseWhole)
    .option('--redemptions <n>', 'how often each may be redeemed; left out: once', parseWhole)
  tenantCommand<{ count: number; redemptions?: number }>(
    generate,
    ({ write, platform: { secrets } }, { args: [id = ''], options: { count, redemptions } }) => {
      const batch = { count, ...defined({ maxRedemptions: redemptions }) }
      return write((work) => generateCodes(work, parseId(id), batch, secrets))
    },
  )
  const exporting = voucher
    .command('export <campaignId>')
    .description('print all codes of a campaign as CSV, or write them to a file; the audit log records it')
    .option('--file <path>', 'where to; left out: stdout')
  tenantCommand<{ file?: string }>(
    exporting,
    async ({ write, platform: { secrets } }, { args: [id = ''], options: { file } }) => {
      const rows = await write((work) => exportCodes(work, parseId(id), secrets))
      const lines = rows.map((row) => [row.voucherId, row.code, row.maxRedemptions, row.redeemed, row.active].join(','))
      const csv = ['voucherId,code,maxRedemptions,redeemed,active', ...lines].join('\n')
      if (file === undefined) return csv
      writeFileSync(file, `${csv}\n`, { mode: 0o600 })
      return { file, codes: rows.length }
    },
  )
  for (const verb of ['activate', 'deactivate'] as const) {
    const command = voucher.command(`${verb} <voucherId>`).description(`${verb} one code`)
    tenantCommand(command, async ({ write }, { args: [id = ''] }) => {
      await write((work) => setVoucherActive(work, parseId(id), verb === 'activate'))
      return { voucherId: parseId(id) }
    })
  }
  const report = voucher.command('redemptions <campaignId>').description('who has redeemed, and what is left of it')
  tenantCommand(report, ({ read }, { args: [id = ''] }) => read(({ db }) => listRedemptions(db, parseId(id))))
}
