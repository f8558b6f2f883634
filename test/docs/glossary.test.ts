import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { test } from 'node:test'

const root = join(import.meta.dirname, '..', '..')
const readText = (file: string) => readFileSync(join(root, file), 'utf8')

/** `classSlotId`, `CLASS_SLOT` and `class-slot` all become ` class slot …`: words with a space on both sides. */
function toWords(name: string): string {
  const spaced = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[^A-Za-z\d]+/g, ' ')
  return ` ${spaced.toLowerCase().trim()} `
}

/** Whether a name speaks of the thing, in singular or plural. */
const mentions = (name: string, thing: string) => {
  const [words, wanted] = [toWords(name), toWords(thing).trim()]
  return [wanted, `${wanted}s`, wanted.replace(/s$/, 'ses')].some((form) => words.includes(` ${form} `))
}

const rows = readText('docs/glossary.md')
  .split('## Verbs')[0]!
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => {
    const [, word = '', from = '', , not = ''] = line.split('|').map((cell) => cell.trim())
    return { word: word.replaceAll('`', ''), from, not: not.split(',').map((each) => each.trim()) }
  })

/** Every name that a client of the API meets: paths, operations, parameters, schemas, their properties and values. */
function collectNames(node: unknown, names: Set<string> = new Set()): Set<string> {
  if (typeof node !== 'object' || node === null) return names
  for (const [key, child] of Object.entries(node)) {
    names.add(key)
    if (['operationId', 'name', 'enum', 'const'].includes(key))
      for (const each of [child].flat()) names.add(String(each))
    collectNames(child, names)
  }
  return names
}

/** Where the API does not keep to its own word. */
const misspelt = ['extendsCancellationPeriod']
const apiNames = [...collectNames(JSON.parse(readText('openapi.json')))].filter((name) => !misspelt.includes(name))
const fileNames = globSync('src/**/*.ts', { cwd: root }).map((file) => basename(file, '.ts'))
const tableNames = globSync('src/**/*tables.ts', { cwd: root }).flatMap((file) =>
  [...readText(file).matchAll(/[tT]able\(\s*'([a-z_]+)'/g)].map(([, name = '']) => name),
)

test('the words that the glossary takes from the API are the words of the API', () => {
  for (const { word } of rows.filter(({ from }) => from === 'API')) {
    assert.ok(
      apiNames.some((name) => mentions(name, word)),
      `openapi.json does not know ${word}`,
    )
  }
})

test('no API name, file or table uses a word that the glossary turned down', () => {
  for (const { word, not } of rows) {
    for (const refused of not) {
      const found = [...apiNames, ...fileNames, ...tableNames].filter((name) => mentions(name, refused))
      assert.deepEqual(found, [], `say ${word} instead of ${refused}`)
    }
  }
})

test('no file is named after a kind of work that could be anything', () => {
  const vague = ['util', 'helper', 'common', 'manager', 'handler', 'processor', 'misc']
  const found = fileNames.filter((name) => vague.some((word) => mentions(name, word)))
  assert.deepEqual(found, [])
})
