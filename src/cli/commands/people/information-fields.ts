import type { Command } from 'commander'
import {
  addListItem,
  createField,
  listFields,
  listItems,
  updateField,
  updateListItem,
} from '../../../customers/index.ts'
import { defined } from '../../../platform/values/defined.ts'
import { parseId, parseIds, parseList, parseWhole, tenantCommand } from '../../command.ts'
import { parseChoice } from '../../input/json-input.ts'

const types = ['BOOLEAN', 'DATE', 'LIST', 'NUMERIC', 'TEXT'] as const
type FieldType = (typeof types)[number]

interface NewField {
  readonly type: FieldType
  readonly studios: number[]
  readonly abbreviation?: string
  readonly position?: number
  readonly multi?: boolean
  readonly items?: string[]
}

interface Changes {
  readonly name?: string
  readonly abbreviation?: string
  readonly position?: number
  readonly studios?: number[]
  readonly active?: boolean
}

export function addInformationFieldCommands(program: Command) {
  const field = program.command('field')
  tenantCommand(field.command('list').description('all fields with their items'), ({ read }) =>
    read(async ({ db }) => {
      const fields = await listFields(db)
      const items = await listItems(
        db,
        fields.map(({ id }) => id),
      )
      return fields.map(({ id, name, abbreviation, type, multi, position, active, studioIds }) => ({
        id,
        name,
        abbreviation,
        type,
        multi,
        position,
        active,
        studioIds,
        items: items.filter(({ fieldId }) => fieldId === id).map(withoutStamps),
      }))
    }),
  )
  addCreate(field)
  const update = field.command('update <fieldId>').description('change a field, or switch it off and on')
  withValues(update)
    .option('--abbreviation <text>', 'short form of the name; empty: none')
    .option('--studios <ids>', 'where it is asked and shown', parseIds)
  tenantCommand<Changes>(update, async ({ write }, { args: [id = ''], options }) => {
    const { name, abbreviation, position, studios, active } = options
    const changes = {
      ...toValues(defined({ name, position }), active),
      ...(abbreviation === undefined ? {} : { abbreviation: abbreviation === '' ? null : abbreviation }),
      ...defined({ studioIds: studios }),
    }
    await write((work) => updateField(work, parseId(id), changes))
    return { fieldId: parseId(id) }
  })
  addItems(field)
}

function addCreate(field: Command) {
  const create = field
    .command('create <name>')
    .description('add a field')
    .requiredOption('--type <type>', 'boolean, date, list, numeric or text', (text) =>
      parseChoice<FieldType>(types, text.toUpperCase(), 'The type'),
    )
    .requiredOption('--studios <ids>', 'where it is asked and shown', parseIds)
    .option('--abbreviation <text>', 'short form of the name')
    .option('--position <n>', 'its position; left out: the last', parseWhole)
    .option('--items <names>', 'what can be chosen, for a list', parseList)
    .option('--multi', 'several items at once, for a list')
  tenantCommand<NewField>(create, async ({ write }, { args: [name = ''], options }) => {
    const { studios, type, abbreviation, position, multi, items } = options
    const input = {
      name,
      type,
      studioIds: studios,
      multi: multi === true,
      ...defined({ abbreviation, position, items }),
    }
    return { fieldId: await write((work) => createField(work, input)) }
  })
}

function addItems(field: Command) {
  const add = field
    .command('item-add <fieldId> <name>')
    .description('add an item to a list')
    .option('--position <n>', 'its position; left out: the last', parseWhole)
  tenantCommand<{ position?: number }>(add, async ({ write }, { args: [id = '', name = ''], options }) => {
    const itemId = await write((work) =>
      addListItem(work, parseId(id), {
        name,
        ...defined({ position: options.position }),
      }),
    )
    return { itemId }
  })
  const update = withValues(
    field.command('item-update <itemId>').description('change an item, or switch it off and on'),
  )
  tenantCommand<Changes>(update, async ({ write }, { args: [id = ''], options: { name, position, active } }) => {
    const named = defined({ name, position })
    await write((work) => updateListItem(work, parseId(id), toValues(named, active)))
    return { itemId: parseId(id) }
  })
}

function withValues(command: Command): Command {
  return command
    .option('--name <text>')
    .option('--position <n>', 'its position among the others', parseWhole)
    .option('--active', 'can be chosen again')
    .option('--no-active', 'is not offered any more')
}

const toValues = <T extends object>(values: T, active: boolean | undefined) => ({
  ...values,
  ...defined({ active }),
})

const withoutStamps = ({ id, name, position, active }: Awaited<ReturnType<typeof listItems>>[number]) => ({
  id,
  name,
  position,
  active,
})
