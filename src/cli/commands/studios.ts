import type { Command } from 'commander'
import { defined } from '../../platform/values/defined.ts'
import {
  createStudio,
  createTag,
  listStudios,
  removeTag,
  saveOpeningHours,
  setStudioTags,
  studiosModule,
  updateStudio,
} from '../../studios/index.ts'
import { addCodeSettings } from './access.ts'
import { addStudioLogo } from './files.ts'
import { parseId, parseList, parseWhole, tenantCommand } from '../command.ts'
import { UsageError } from '../failures.ts'
import { addStaffCommands } from '../staff-commands.ts'
import { parseOpeningHours } from '../input/opening-hours-file.ts'
import { readText } from '../input/text-file.ts'

interface StudioOptions {
  readonly name?: string
  readonly zone?: string
  readonly currency?: string
  readonly language?: string
  readonly country?: string
  readonly street?: string
  readonly houseNumber?: string
  readonly zip?: string
  readonly city?: string
  readonly email?: string
  readonly telephone?: string
  readonly website?: string
  readonly capacity?: number
}

export function addStudioCommands(program: Command) {
  const studio = program.command('studio')
  addCreate(studio)
  const update = describeOptions(studio.command('update <studioId>').description('change a studio'))
  tenantCommand<StudioOptions>(update, async ({ write }, { args: [id = ''], options }) => {
    await write((work) => updateStudio(work, parseId(id), readFields(options)))
    return { studioId: parseId(id) }
  })
  tenantCommand(studio.command('list').description('list studios'), ({ read }) =>
    read(async ({ db }) =>
      (await listStudios(db)).map(({ id, number, name, timeZone, currency, languageTag, countryCode, status }) => ({
        id,
        number,
        name,
        timeZone,
        currency,
        languageTag,
        countryCode,
        status,
      })),
    ),
  )
  const hours = studio
    .command('opening-hours <studioId>')
    .description('replace opening hours, closings or categories by what a JSON file says (docs/operations.md)')
    .requiredOption('--file <path>', 'the file; - reads stdin')
  tenantCommand<{ file: string }>(hours, async ({ write }, { args: [id = ''], options: { file } }) => {
    const save = parseOpeningHours(readText(file))
    await write((work) => saveOpeningHours(work, parseId(id), save))
    return { studioId: parseId(id) }
  })
  addStaffCommands(program, studiosModule)
  addTags(studio)
  addCodeSettings(studio)
  addStudioLogo(studio)
}

function addCreate(studio: Command) {
  const create = describeOptions(studio.command('create').description('open a studio'))
    .option('--number <n>', 'short number, part of customer numbers; unique in the company', parseWhole)
    .option('--id <id>', 'id, where it has to be a certain one', parseId)
  tenantCommand<StudioOptions & { number?: number; id?: number }>(create, async ({ write }, { options }) => {
    const { id, number, name, zone, currency, language, country } = options
    if (!name || !zone || !currency || !language || !country) {
      throw new UsageError('--name, --zone, --currency, --language and --country are needed.')
    }
    const fields = { ...readFields(options), name, timeZone: zone, currency, languageTag: language }
    const studioId = await write(async (work) =>
      createStudio(work, {
        ...defined({ id }),
        ...fields,
        countryCode: country,
        number: number ?? 1 + Math.max(0, ...(await listStudios(work.db)).map((each) => each.number)),
      }),
    )
    return { studioId }
  })
}

function addTags(studio: Command) {
  const add = studio.command('tag-create <name>').description('add a tag that studios may carry')
  tenantCommand(add, async ({ write }, { args: [name = ''] }) => ({
    tagId: await write((work) => createTag(work, { name })),
  }))
  const remove = studio.command('tag-remove <tagId>').description('remove a tag, also from the studios that carry it')
  tenantCommand(remove, async ({ write }, { args: [id = ''] }) => {
    await write((work) => removeTag(work, parseId(id)))
    return { tagId: parseId(id) }
  })
  const set = studio.command('tags <studioId> <list>').description('replace the tags of a studio; "" removes all')
  tenantCommand(set, ({ write }, { args: [id = '', list = ''] }) =>
    write((work) =>
      setStudioTags(
        work,
        parseId(id),
        parseList(list).map((name) => ({ name })),
      ),
    ),
  )
}

function describeOptions(command: Command): Command {
  return command
    .option('--name <name>')
    .option('--zone <zone>', 'IANA time zone, for instance Europe/Berlin')
    .option('--currency <code>', 'ISO 4217')
    .option('--language <tag>', 'for instance de or de-CH')
    .option('--country <code>', 'ISO 3166, two letters')
    .option('--street <street>')
    .option('--house-number <number>')
    .option('--zip <zip>')
    .option('--city <city>')
    .option('--email <mail>')
    .option('--telephone <number>')
    .option('--website <link>')
    .option('--capacity <n>', 'people at once', parseWhole)
}

function readFields({ zone, language, country, ...rest }: StudioOptions & { id?: number; number?: number }) {
  const { name, currency, street, houseNumber, zip, city, email, telephone, website, capacity } = rest
  const given = { name, currency, street, houseNumber, zip, city, email, telephone, website, capacity }
  const renamed = { timeZone: zone, languageTag: language, countryCode: country }
  const set = Object.entries({ ...given, ...renamed }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(set) as Partial<
    Record<keyof Omit<typeof given, 'capacity'> | keyof typeof renamed, string> & { capacity: number }
  >
}
