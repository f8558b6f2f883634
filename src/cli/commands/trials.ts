import { type Command, InvalidArgumentError } from 'commander'
import { defined } from '../../platform/values/defined.ts'
import {
  assignTrialOffers,
  confirmTrialBooking,
  createTrialOfferConfig,
  listTrialOfferConfigs,
  type NewConfig,
  updateTrialOfferConfig,
} from '../../trial-offers/index.ts'
import { parseId, parseIds, parseWhole, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import { parseTerm } from '../input/rule-options.ts'
import { getStudio } from '../input/studio-choice.ts'

type Mode = NonNullable<NewConfig['genderMode']>
type Term = ReturnType<typeof parseTerm>

interface ConfigOptions {
  readonly name?: string
  readonly contingent?: number
  readonly distance?: Term
  readonly confirm?: Term | false
  readonly anyLead?: boolean
  readonly active?: boolean
  readonly gender?: Mode
  readonly birth?: Mode
  readonly phone?: Mode
  readonly address?: Mode
}

export function addTrialCommands(program: Command) {
  const trial = program.command('trial')
  const list = trial
    .command('list')
    .description('list trial offers with what they offer')
    .option('--studio <id>', 'of one studio only', parseId)
  tenantCommand<{ studio?: number }>(list, ({ read }, { options: { studio = null } }) =>
    read(({ db }) => listTrialOfferConfigs(db, studio)),
  )
  addCreate(trial)
  const update = withOptions(
    trial.command('update <configId>').description('change a trial offer for all bookings to come'),
  )
    .option('--no-confirm', 'asks for no confirmation')
    .option('--active', 'is offered again')
    .option('--no-active', 'is not offered any more')
  tenantCommand<ConfigOptions>(update, async ({ write }, { args: [id = ''], options }) => {
    await write((work) => updateTrialOfferConfig(work, parseId(id), readFields(options)))
    return { configId: parseId(id) }
  })
  addAssign(trial)
  const confirm = trial
    .command('confirm <bookingId>')
    .description('make a pending trial definite')
    .requiredOption('--studio <id>', 'the studio of the trial', parseId)
  tenantCommand<{ studio: number }>(confirm, async ({ write }, { args: [id = ''], options: { studio: studioId } }) => {
    const status = await write(async (work) => {
      const { timeZone: zone } = await getStudio(work.db, studioId)
      return confirmTrialBooking(work, { studio: { studioId, zone }, bookingId: parseId(id) })
    })
    return { bookingId: parseId(id), status }
  })
}

function addCreate(trial: Command) {
  const create = withOptions(
    trial
      .command('create')
      .description('add a trial offer, which offers nothing before something is assigned')
      .requiredOption('--studio <id>', 'the studio', parseId),
  )
  tenantCommand<ConfigOptions & { studio: number }>(create, async ({ write }, { options }) => {
    const { studio: studioId, name, contingent } = options
    if (name === undefined || contingent === undefined) throw new UsageError('--name and --contingent are needed.')
    const config = { ...readFields(options), studioId, name, contingent }
    return {
      configId: await write(async (work) => {
        await getStudio(work.db, studioId)
        return createTrialOfferConfig(work, config)
      }),
    }
  })
}

function addAssign(trial: Command) {
  const assign = trial
    .command('assign <configId>')
    .description('set all that a trial offer offers; what another one offers moves here')
    .option('--classes <ids>', 'class ids; left out: no class', parseIds, [])
    .option('--bookables <ids>', 'ids of bookable appointments; left out: none', parseIds, [])
  tenantCommand<{ classes: number[]; bookables: number[] }>(assign, async ({ write }, { args: [id = ''], options }) => {
    const { classes: classIds, bookables: bookableIds } = options
    await write((work) => assignTrialOffers(work, parseId(id), { classIds, bookableIds }))
    return { configId: parseId(id), classIds, bookableIds }
  })
}

function withOptions(command: Command): Command {
  return command
    .option('--name <name>')
    .option('--contingent <n>', 'trials per person', parseWhole)
    .option('--distance <term>', 'at least this long between two trials, for instance 2w', parseTerm)
    .option('--confirm <term>', 'must be confirmed this long before the start, for instance 2d', parseTerm)
    .option('--any-lead', 'any prospect may try')
    .option('--no-any-lead', 'only prospects created for this offer may try')
    .option('--gender <mode>', 'inactive, optional or mandatory', parseMode)
    .option('--birth <mode>', 'date of birth', parseMode)
    .option('--phone <mode>', 'telephone number', parseMode)
    .option('--address <mode>', 'address', parseMode)
}

function parseMode(text: string): Mode {
  const found = (['INACTIVE', 'OPTIONAL', 'MANDATORY'] as const).find((mode) => mode === text.toUpperCase())
  if (found) return found
  throw new InvalidArgumentError('A mode is inactive, optional or mandatory.')
}

function readFields(options: ConfigOptions): Partial<Omit<NewConfig, 'studioId'>> {
  const { name, contingent, anyLead, active, gender, birth, phone, address } = options
  return {
    ...defined({
      name,
      contingent,
      allowBookingForLeads: anyLead,
      active,
      genderMode: gender,
      dateOfBirthMode: birth,
      telephoneMode: phone,
      addressMode: address,
    }),
    ...readTerms(options),
  }
}

function readTerms({ distance, confirm }: ConfigOptions): Partial<NewConfig> {
  return {
    ...(distance === undefined ? {} : { preventMultipleTermValue: distance.value, ...readDistance(distance) }),
    ...(confirm === undefined
      ? {}
      : {
          confirmationTermValue: confirm === false ? null : confirm.value,
          confirmationTermUnit: confirm === false ? null : confirm.unit,
        }),
  }
}

/** Trials are days apart at least. */
function readDistance({ unit }: Term) {
  if (unit === 'MINUTES' || unit === 'HOURS') throw new UsageError('--distance is in days or longer, for instance 2w.')
  return { preventMultipleTermUnit: unit }
}
