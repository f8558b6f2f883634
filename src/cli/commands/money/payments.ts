import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'
import {
  findPaymentSettings,
  listPaymentInstruments,
  paymentsModule,
  takeMandate,
  takeRunFile,
  writeMandate,
} from '../../../payments/index.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { addStaffCommands } from '../../staff-commands.ts'
import { addBankFileCommands } from './bank-files.ts'
import { readFile, saveFile } from './saved-files.ts'

export function addPaymentCommands(program: Command) {
  const payment = program.command('payment')
  addStaffCommands(program, paymentsModule)
  addBankFileCommands(program)
  const settings = payment.command('settings <studioId>').description('how people can pay in a studio')
  tenantCommand(settings, ({ read }, { args: [id = ''] }) =>
    read(async ({ db }) => (await findPaymentSettings(db, parseId(id))) ?? { studioId: parseId(id), active: false }),
  )
  const instruments = payment
    .command('instruments <customerId>')
    .description('bank accounts, cards and mandates of a customer; numbers are not shown')
  tenantCommand(instruments, ({ read }, { args: [id = ''] }) =>
    read(({ db }) => listPaymentInstruments(db, parseId(id))),
  )
  addMandatePage(payment)
  addRunFile(program)
}

function addMandatePage(payment: Command) {
  const print = payment
    .command('print-mandate <instrumentId> <path>')
    .description('save the mandate of a bank account as a page to be printed, with the whole number; it is on record')
  tenantCommand(print, async ({ write, platform }, { args: [id = '', path = ''] }) => {
    const { mandate, signatureFileId } = await write((work) => takeMandate(work, parseId(id)))
    const signature = signatureFileId === null ? undefined : await readFile(platform, signatureFileId)
    await writeFile(path, writeMandate(mandate, signature), { flag: 'wx', mode: 0o600 })
    return { path }
  })
}

/** The group is there already: the operations of staff have made it. */
function addRunFile(program: Command) {
  const runs = program.commands.find((each) => each.name() === 'payment-run') ?? program.command('payment-run')
  const file = runs
    .command('file <paymentRunId> <path>')
    .description('save the file of a payment run, to give it to the bank; that it was taken is on record')
  tenantCommand(file, async ({ write, platform }, { args: [id = '', path = ''] }) => {
    const fileId = await write((work) => takeRunFile(work, parseId(id)))
    return saveFile(platform, fileId, { path, thing: `the payment run ${id}` })
  })
}
