import { type Command, InvalidArgumentError } from 'commander'
import { defined } from '../../../platform/values/defined.ts'
import {
  bodyFields,
  type BodyValues,
  enterWeighing,
  listWeighings,
  removeWeighing,
  setHeight,
} from '../../../weighings/index.ts'
import { parseId, parseInstant, tenantCommand } from '../../command.ts'
import { UsageError } from '../../failures.ts'
import { parseJson } from '../../input/json-input.ts'
import { readText } from '../../input/text-file.ts'

interface NewWeighing {
  readonly studio: number
  readonly file: string
  readonly at?: Temporal.Instant
}

/** What scales have measured, and what staff have read off them. */
export function addWeighings(customer: Command) {
  const height = customer
    .command('height <customerId> <cm>')
    .description('set how tall a customer is; "none" forgets it')
  tenantCommand(height, async ({ write }, { args: [id = '', cm = ''] }) => {
    await write((work) => setHeight(work, parseId(id), parseHeight(cm)))
    return { customerId: parseId(id) }
  })
  const add = customer
    .command('weighing-add <customerId>')
    .description('enter a weighing by hand: a JSON object of values as createCustomerWeighing of the API names them')
    .requiredOption('--studio <id>', 'where it was measured', parseId)
    .requiredOption('--file <path>', 'the file; - reads stdin')
    .option('--at <time>', 'when it was measured, with offset; left out: now', parseInstant)
  tenantCommand<NewWeighing>(add, async ({ write }, { args: [id = ''], options: { studio, file, at } }) => {
    const values = readValues(parseJson(readText(file)))
    const weighing = { customerId: parseId(id), studioId: studio, ...defined({ measuredAt: at }) }
    return { weighingId: (await write((work) => enterWeighing(work, weighing, values))).id }
  })
  const remove = customer
    .command('weighing-remove <weighingId>')
    .description('take a weighing away; a benefit that was used for it is given back')
  tenantCommand(remove, async ({ write }, { args: [id = ''] }) => {
    await write((work) => removeWeighing(work, parseId(id)))
    return { weighingId: parseId(id) }
  })
  const list = customer.command('weighings <customerId>').description('list the weighings of a customer, latest first')
  tenantCommand(list, ({ read }, { args: [id = ''] }) =>
    read(async ({ db }) =>
      (await listWeighings(db, parseId(id))).map(
        ({ id: weighingId, measuredAt, weight, height: tall, integrationId }) => ({
          id: weighingId,
          measuredAt,
          weight,
          height: tall,
          integrationId,
        }),
      ),
    ),
  )
}

function parseHeight(text: string): number | null {
  if (text === 'none') return null
  if (/^\d{2,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('A height is a whole number of centimetres, or none.')
}

function readValues(json: unknown): BodyValues {
  const known = new Set<string>(bodyFields)
  const entries = Object.entries(typeof json === 'object' && json !== null ? json : {})
  const wrong = entries.find(([field, value]) => !known.has(field) || typeof value !== 'number')
  if (wrong) throw new UsageError(`${wrong[0]} is no value of a weighing.`)
  if (entries.length === 0) throw new UsageError('A weighing needs at least one value.')
  return Object.fromEntries(entries)
}
