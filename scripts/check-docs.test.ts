import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { judgeModuleList, judgeModulePage, judgePage, judgePlatformPage, longLines, readTree } from './check-docs.ts'

const tree = readTree(join(import.meta.dirname, '..'))
const judge = (text: string, page = 'docs/architecture.md') => judgePage(tree, page, text)

test('a page that names what exists passes', () => {
  const text = [
    '`src/app.ts`, `platform/http/`, `*-rules.ts`, `<thing>-rules.ts`, `adr/README.md`, [index](adr/README.md#top)',
    '`npm run check lint`, `judgeClassBooking`, `class_slots`, `CUSTOMER_CREATED`, `…_CANCELLED`, `openapi.json`',
    '`PALESTRA_UPLOAD_MAX_MB`, `/ext/v1/holds/…`, `@fastify/cors`, `extensionType: TERM_EXTENSION`',
  ].join('\n')
  assert.deepEqual(judge(text), [])
})

const wrong = {
  'a file that is not there': '`src/app-that-never-was.ts`',
  'a folder that is not there': '`src/never-was/`',
  'a script that is not there': '`npm run never-was`',
  'a function that is not there': '`judgeWhatNeverWas()`',
  'a table that is not there': '`tables_that_never_were`',
  'a setting that is not there': '`PALESTRA_NEVER_WAS`',
  'a path of the API that is not there': '`/ext/v1/never-was`',
  'a link that leads nowhere': '[page](never-was.md)',
  'a file in a block': '```\nsrc/never-was.ts\n```',
}

for (const [name, text] of Object.entries(wrong)) {
  test(`${name} is a complaint with its line`, () => {
    const [complaint, ...others] = judge(`First line.\n${text}`)
    assert.match(complaint ?? '', /^docs\/architecture\.md:[23]: /)
    assert.deepEqual(others, [])
  })
}

test('a bare file name on the page of a module means a file of that module', () => {
  assert.deepEqual(judge('`duplicate-rules.ts`', 'src/customers/README.md'), [])
  assert.equal(judge('`duplicate-rules.ts`', 'src/leads/README.md').length, 1)
})

const root = join(import.meta.dirname, '..')
const architecture = readFileSync(join(root, 'docs/architecture.md'), 'utf8')
const judgeList = (text: string) => judgeModuleList('docs/architecture.md', text)
const employees = '[`employees`](../src/employees/README.md)'
const leads = '[`leads`](../src/leads/README.md)'

test('a page that lists every module in the order of the register passes', () => {
  assert.deepEqual(judgeList(architecture), [])
})

test('two modules in the wrong order are a complaint', () => {
  const swapped = architecture.replace(employees, '…').replace(leads, employees).replace('…', leads)
  assert.deepEqual(judgeList(swapped), ['docs/architecture.md: lists leads where src/modules.ts has employees'])
})

test('a module that is missing is a complaint, the last one too', () => {
  assert.match(judgeList(architecture.replace(employees, ''))[0] ?? '', /lists customers where .* has employees/)
  assert.match(judgeList(architecture.replace(/\(.*privacy\/README\.md\)/, ''))[0] ?? '', /lists no module .* privacy/)
})

test('a module that is listed twice is a complaint', () => {
  assert.deepEqual(judgeList(`${architecture}\n${leads}`), ['docs/architecture.md: lists leads twice'])
})

test('a folder of the platform without a line on its page is a complaint', () => {
  const page = readFileSync(join(root, 'src/platform/README.md'), 'utf8')
  assert.deepEqual(judgePlatformPage(root, page), [])
  const complaints = judgePlatformPage(root, page.replace('| `units/` |', '|'))
  assert.deepEqual(complaints, ['src/platform/README.md: has no line for units/'])
})

test('a folder or file of a module without a line on its page is a complaint, unless its kind says what it is', () => {
  const entries = ['README.md', 'api.ts', 'bans.test.ts', 'bans.ts', 'ban-store.ts', 'cases', 'present-bans.ts', 'sql']
  assert.deepEqual(judgeModulePage('src/a/README.md', '`bans.ts` and `cases/`', entries), [])
  assert.deepEqual(judgeModulePage('src/a/README.md', '`ban-store.ts` and cases', entries), [
    'src/a/README.md: has no line for bans.ts',
    'src/a/README.md: has no line for cases',
  ])
})

test('a line that is longer than an editor is wide is a complaint', () => {
  assert.deepEqual(longLines('src/a/README.md', `short\n${'x'.repeat(141)}`), [
    'src/a/README.md:2: 141 characters, 140 at most',
  ])
})
