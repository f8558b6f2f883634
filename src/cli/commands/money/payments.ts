import type { Command } from 'commander'
import {
  enterMandate,
  findPaymentSettings,
  listPaymentInstruments,
  type PaperMandate,
  paymentsModule,
} from '../../../payments/index.ts'
import { parseId, tenantCommand } from '../../command.ts'
import { addStaffCommands } from '../../staff-commands.ts'

interface MandateOptions extends Omit<PaperMandate, 'customerId' | 'iban'> {
  readonly holder: string
}

export function addPaymentCommands(program: Command) {
  const payment = program.command('payment')
  addStaffCommands(program, paymentsModule)
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
}

function addMandate(payment: Command) {
  const mandate = payment
    .command('mandate <customerId> <iban>')
    .description('enter a mandate on paper: the customer is debited from this account from now on')
    .requiredOption('--holder <name>', 'whose account it is')
    .option('--bank <name>', 'name of the bank')
    .option('--bic <bic>', 'BIC of the bank')
    .option('--signed <date>', 'when it was signed; left out: today')
  tenantCommand<MandateOptions>(
    mandate,
    async ({ write, platform: { secrets } }, { args: [id = '', iban = ''], options }) => {
      const { holder, bank, bic, signed } = options
      const paper = { customerId: parseId(id), iban, holder, bank, bic, signed }
      return { instrumentId: await write((work) => enterMandate(work, secrets, paper)) }
    },
  )
}
