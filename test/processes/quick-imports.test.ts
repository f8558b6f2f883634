import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

const root = join(import.meta.dirname, '..', '..')
const quick = pathToFileURL(join(root, 'bin', 'quick-imports.mjs')).href

/** Loads the application and prints each module that it is made of, with the form in which it was read. */
const program = `
import { registerHooks } from 'node:module'
const loaded = []
registerHooks({
  load(url, context, next) {
    const module = next(url, context)
    loaded.push(url + ' ' + module.format)
    return module
  },
})
await import(${JSON.stringify(pathToFileURL(join(root, 'src', 'serve.ts')).href)})
console.log(JSON.stringify(loaded.sort()))
`

async function loadApplication(...options: readonly string[]): Promise<readonly string[]> {
  const args = [...options, '--input-type=module', '--eval', program]
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, maxBuffer: 2 ** 24 })
  return JSON.parse(stdout)
}

test('modules that are found quickly are the ones that Node.js finds, read in the same form', async () => {
  const [found, expected] = await Promise.all([loadApplication('--import', quick), loadApplication()])
  assert.ok(expected.length > 1000, `${expected.length} modules`)
  assert.deepEqual(
    found.filter((module) => !module.startsWith(quick)),
    expected,
  )
})
