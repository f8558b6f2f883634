import type { Command } from 'commander'
import {
  enterMandate,
  findPaymentSettings,
  listPaymentInstruments,
  type PaperMandate,
  paymentsModule,
  takeRunFile,
} from '../../../payments/index.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { addStaffCommands } from '../../staff-commands.ts'
import { saveFile } from '../save-file.ts'
import { addBankFileCommands } from './bank-files.ts'

interface MandateOptions extends Omit<PaperMandate, 'customerId' | 'iban' | 'isOneOff'> {
  readonly oneOff?: true
}

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
  addMandate(payment)
  addRunFile(program)
}

/** The group is there already: the operations of staff have made it. */
function addRunFile(program: Command) {
  const runs = program.commands.find((each) => each.name() === 'payment-run') ?? program.command('payment-run')
  const file = runs
    .command('file <paymentRunId> <path>')
    .description('save the file of a payment run, to give it to the bank; that it was taken is on record')
  tenantCommand(file, async (session, { args: [id = '', path = ''] }) => {
    const fileId = await session.write((work) => takeRunFile(work, parseId(id)))
    return saveFile(session, { fileId, name: `The file of the payment run ${id}` }, path)
  })
}

function addMandate(payment: Command) {
  const mandate = payment
    .command('mandate <customerId> <iban>')
    .description('enter a mandate on paper: the customer is debited from this account from now on')
    .requiredOption('--holder <name>', 'whose account it is')
    .option('--bank <name>', 'name of the bank')
    .option('--bic <bic>', 'BIC of the bank')
    .option('--signed <date>', 'when it was signed; left out: today')
    .option('--one-off', 'it allows one collection and ends with it')
  tenantCommand<MandateOptions>(
    mandate,
    async ({ write, platform: { secrets } }, { args: [id = '', iban = ''], options }) => {
      const { holder, bank, bic, signed, oneOff } = options
      const paper = { customerId: parseId(id), iban, holder, bank, bic, signed, isOneOff: oneOff === true }
      return { instrumentId: await write((work) => enterMandate(work, secrets, paper)) }
    },
  )
}
