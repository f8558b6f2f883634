import type { Command } from 'commander'
import { defined } from '../../platform/values/defined.ts'
import { addAbsence, blockResource, createResource, setShifts, updateResource } from '../../resources/index.ts'
import { getStudio } from '../input/studio-choice.ts'
import { parseId, parseInstant, parseWhole, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import { parseShifts } from '../input/shifts-file.ts'
import { readText } from '../input/text-file.ts'

interface ResourceOptions {
  readonly name?: string
  readonly description?: string
  readonly capacity?: number
  readonly active?: boolean
}

interface NewResource extends ResourceOptions {
  readonly studio: number
  readonly kind: string
  readonly employee?: number
}

interface SpanOptions {
  readonly from: Temporal.Instant
  readonly until?: Temporal.Instant
  readonly reason?: string
  readonly override?: boolean
}

export function addResourceCommands(program: Command) {
  const resource = program.command('resource')
  addCreate(resource)
  const update = withOptions(resource.command('update <resourceId>').description('change a resource'))
    .option('--active', 'may be booked again')
    .option('--no-active', 'is not booked any more')
  tenantCommand<ResourceOptions>(update, async ({ write }, { args: [id = ''], options }) => {
    const { name, description, capacity, active } = options
    await write((work) => updateResource(work, parseId(id), defined({ name, description, capacity, active })))
    return { resourceId: parseId(id) }
  })
  const shifts = resource
    .command('shifts <resourceId>')
    .description('replace the weekly shifts by what a JSON file says; an empty list: at all times')
    .requiredOption('--file <path>', 'the file; - reads stdin')
  tenantCommand<{ file: string }>(shifts, async ({ write }, { args: [id = ''], options: { file } }) => {
    const wanted = parseShifts(readText(file))
    await write((work) => setShifts(work, parseId(id), wanted))
    return { resourceId: parseId(id), shifts: wanted.length }
  })
  addSpans(resource)
}

function addCreate(resource: Command) {
  const create = withOptions(resource.command('create').description('add a resource'))
    .requiredOption('--studio <id>', 'the studio', parseId)
    .requiredOption('--kind <kind>', 'room, device or employee')
    .option('--employee <id>', 'who it is, for an employee', parseId)
  tenantCommand<NewResource>(create, async ({ write }, { options }) => {
    const { studio, kind, employee, name, description, capacity } = options
    const resourceId = await write(async (work) => {
      await getStudio(work.db, studio)
      return createResource(work, {
        studioId: studio,
        kind: readKind(kind),
        ...defined({ employeeId: employee, name, description, capacity }),
      })
    })
    return { resourceId }
  })
}

function addSpans(resource: Command) {
  const withSpan = (command: Command) =>
    command
      .requiredOption('--from <time>', 'with its offset', parseInstant)
      .option('--until <time>', 'exclusive', parseInstant)
  const absence = withSpan(
    resource.command('absence <resourceId>').description('record that a resource is away'),
  ).option('--reason <text>')
  tenantCommand<SpanOptions>(absence, async ({ write }, { args: [id = ''], options: { from, until, reason } }) => ({
    absenceId: await write((work) => addAbsence(work, parseId(id), { from, until: until ?? null }, reason ?? null)),
  }))
  const block = withSpan(resource.command('block <resourceId>').description('keep a resource free of bookings')).option(
    '--override',
    'put up with bookings that are there',
  )
  tenantCommand<SpanOptions>(block, async ({ write }, { args: [id = ''], options: { from, until, override } }) => {
    if (until === undefined) throw new UsageError('--until is needed.')
    return {
      blockId: await write((work) =>
        blockResource(work, parseId(id), { from, until }, { override: override === true }),
      ),
    }
  })
}

function withOptions(command: Command): Command {
  return command
    .option('--name <name>', 'for a room or device')
    .option('--description <text>', 'where it is')
    .option('--capacity <n>', 'bookings at the same time', parseWhole)
}

function readKind(text: string) {
  const found = (['EMPLOYEE', 'ROOM', 'DEVICE'] as const).find((kind) => kind === text.toUpperCase())
  if (found) return found
  throw new UsageError('--kind is room, device or employee.')
}
