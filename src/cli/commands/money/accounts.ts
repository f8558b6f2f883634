import type { Command } from 'commander'
import {
  accountsModule,
  listAccounts,
  listChart,
  listLegalEntities,
  listCustomerClaims,
  listCustomerCredits,
  listTaxRates,
} from '../../../accounts/index.ts'
import { bookkeepingExportsModule, takeExportFile } from '../../../bookkeeping-exports/index.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { addStaffCommands } from '../../staff-commands.ts'
import { checkBooks } from './ledger-check.ts'
import { saveFile } from './saved-files.ts'

export function addAccountCommands(program: Command) {
  const account = program.command('account')
  const ledger = program.command('ledger')
  program.command('billing')
  program.command('dunning')
  const taxExport = program.command('tax-export')
  const legalEntity = program.command('legal-entity')
  addStaffCommands(program, accountsModule)
  addStaffCommands(program, bookkeepingExportsModule)
  addExportFile(taxExport)
  addReading(account)
  tenantCommand(
    ledger
      .command('check')
      .description(
        'recompute entries, balances, payments, charges, collections and closed days; lists what does not add up',
      ),
    async ({ read }) => {
      const faults = await read(checkBooks)
      if (faults.length > 0) process.exitCode = 1
      return { whole: faults.length === 0, faults }
    },
  )
  tenantCommand(legalEntity.command('list').description('list legal entities'), ({ read }) =>
    read(({ db }) => listLegalEntities(db)),
  )
  const chart = legalEntity.command('chart <legalEntityId>').description('list the accounts of the books')
  tenantCommand(chart, ({ read }, { args: [id = ''] }) => read(({ db }) => listChart(db, parseId(id))))
  const rates = legalEntity.command('tax-rates <legalEntityId>').description('list tax codes with their rates')
  tenantCommand(rates, ({ read }, { args: [id = ''] }) => read(({ db }) => listTaxRates(db, parseId(id))))
}

function addExportFile(taxExport: Command) {
  const file = taxExport
    .command('file <exportId> <path>')
    .description('save the file of an export, to give it to the tax advisor; that it was taken is on record')
  tenantCommand(file, async ({ write, platform }, { args: [id = '', path = ''] }) => {
    const fileId = await write((work) => takeExportFile(work, parseId(id)))
    return saveFile(platform, fileId, { path, thing: `the tax export ${id}` })
  })
}

function addReading(account: Command) {
  const show = account.command('show <customerId>').description('balance and prepaid credit, by legal entity')
  tenantCommand(show, ({ read }, { args: [id = ''] }) => read(({ db }) => listAccounts(db, parseId(id))))
  const claims = account.command('claims <customerId>').description('list charges and credit notes')
  tenantCommand(claims, ({ read }, { args: [id = ''] }) => read(({ db }) => listCustomerClaims(db, parseId(id))))
  const credits = account.command('payments <customerId>').description('list payments and other credits')
  tenantCommand(credits, ({ read }, { args: [id = ''] }) => read(({ db }) => listCustomerCredits(db, parseId(id))))
}
