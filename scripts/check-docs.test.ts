import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { judgePage, readTree } from './check-docs.ts'

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
