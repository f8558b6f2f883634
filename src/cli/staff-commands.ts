import { Argument, type Command } from 'commander'
import type { TSchema } from 'typebox'
import type { Module } from '../module.ts'
import type { StaffOperation } from '../platform/staff/staff-operation.ts'
import { type StaffOutcome, StaffOperations, type StaffRequest } from '../platform/staff/staff-operations.ts'
import { splitList, tenantCommand } from './command.ts'
import { UsageError } from './failures.ts'
import { addFieldOption, type Field, listFields, putField } from './input/field-options.ts'
import { findChoices, findParser } from './input/field-values.ts'
import { fields, parseJson } from './input/json-input.ts'
import { readText } from './input/text-file.ts'

type Options = Readonly<Record<string, unknown>>

/** The operations of staff that a module binds. */
export function findStaffOperations(module: Module): StaffOperations {
  const operations = new StaffOperations()
  module.staff?.(operations)
  return operations
}

/** Adds a command for everything that staff do in a module, as it is declared there. */
export function addStaffCommands(program: Command, module: Module) {
  const operations = findStaffOperations(module)
  for (const operation of operations.list()) {
    const command = addCommand(program, operation)
    const readOptions = addOptions(command, operation)
    tenantCommand<Options>(command, async ({ platform, caller }, { args, options }) => {
      const request = readOptions(options)
      readArguments(operation, args, request)
      const staff = { ...caller, permissions: 'ALL' as const }
      return shown(await operations.run(platform.units, staff, operation, request))
    })
  }
}

function addCommand(program: Command, operation: StaffOperation): Command {
  const words = operation.cli.name.split(' ')
  const name = words.pop() ?? ''
  let group = program
  for (const word of words) group = group.commands.find((each) => each.name() === word) ?? group.command(word)
  const command = group.command(name).description(operation.summary)
  for (const { field, schema } of listArguments(operation)) {
    const argument = new Argument(`<${field}>`)
    const choices = findChoices(schema)
    if (choices) argument.argChoices = choices
    command.addArgument(argument)
  }
  return command
}

interface Positional {
  readonly field: string
  readonly schema: TSchema
  readonly isOfPath: boolean
}

function listArguments({ operationId, cli, params, body }: StaffOperation): readonly Positional[] {
  const names = cli.arguments ?? Object.keys(params.properties)
  return names.map((field) => {
    const [ofPath, ofBody] = [params.properties[field], body?.properties[field]]
    const schema = ofPath ?? ofBody
    if (!schema) throw new Error(`${operationId} has no field ${field}.`)
    return { field, schema, isOfPath: ofPath !== undefined }
  })
}

interface Collected extends StaffRequest {
  readonly params: Record<string, unknown>
  readonly body: Record<string, unknown>
}

/** Adds the options of a command. Answers how a request is made of their values. */
function addOptions(command: Command, operation: StaffOperation): (options: Options) => Collected {
  if (operation.cli.isFromFile) return addFile(command, operation)
  const positional = new Set(listArguments(operation).map(({ field }) => field))
  const named = listFields(operation.body).filter(({ path }) => !positional.has(path))
  const names = named.map((field): [Field, string] => [field, addFieldOption(command, field, operation)])
  const readBroken = addBreaks(command, operation)
  if (operation.dryRun) command.option('--dry-run', 'say what would be done, and do nothing')
  return (options) => {
    const body: Record<string, unknown> = {}
    for (const [{ path }, name] of names) if (options[name] !== undefined) putField(body, path, options[name])
    return { params: {}, body, broken: readBroken(options), dryRun: options['dryRun'] === true }
  }
}

/** The file is the whole body. */
function addFile(command: Command, { dryRun }: StaffOperation): (options: Options) => Collected {
  command.requiredOption('--file <path>', 'the JSON file; - reads stdin')
  if (dryRun) command.option('--dry-run', 'say what would be done, and do nothing')
  return ({ file, ...options }) => ({
    params: {},
    body: { ...fields(parseJson(readText(String(file))), 'The file') },
    dryRun: options['dryRun'] === true,
  })
}

function addBreaks(command: Command, { overrides, cli }: StaffOperation): (options: Options) => readonly string[] {
  if (!overrides) return () => []
  const { rules } = overrides
  const { flag, description = `break these rules: ${rules.join(', ')}` } = cli.breaks ?? { flag: '--break <rules>' }
  const option = command.createOption(flag, description)
  command.addOption(option)
  const name = option.attributeName()
  if (option.isBoolean()) return (options) => (options[name] === true ? rules : [])
  option.argParser(splitList)
  return (options) => ((options[name] ?? []) as string[]).map((text) => readRule(rules, text, option.long ?? flag))
}

function readRule(rules: readonly string[], text: string, flag: string): string {
  const found = rules.find((rule) => rule === text.toUpperCase())
  if (found !== undefined) return found
  throw new UsageError(`${flag} knows ${rules.join(', ')}.`)
}

function readArguments(operation: StaffOperation, args: readonly string[], { params, body }: Collected) {
  for (const [at, { field, schema, isOfPath }] of listArguments(operation).entries()) {
    const value = findParser(schema)(args[at] ?? '')
    if (isOfPath) params[field] = value
    else body[field] = value
  }
}

function shown({ answer, effects }: StaffOutcome): unknown {
  return effects === undefined ? answer : { dryRun: true, ...(answer as object), effects }
}
