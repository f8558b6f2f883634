// Writes openapi.json, openapi-admin.json and openapi-device.json from the declarations; with --check only says whether they are stale.
import { readFile, writeFile } from 'node:fs/promises'
import { adminInfo, adminOperations, deviceOperations, publicOperations } from '../src/api.ts'
import { describeDevices, describePublic } from '../src/documents.ts'
import { openapiDocument } from '../src/platform/api/openapi.ts'

/** A server prints its own day instead. */
const sampleDay = Temporal.PlainDate.from('2026-06-15')

const documents = {
  'openapi.json': openapiDocument(publicOperations, describePublic(sampleDay)),
  'openapi-device.json': openapiDocument(deviceOperations, describeDevices),
  'openapi-admin.json': openapiDocument(adminOperations, adminInfo),
}

for (const [name, document] of Object.entries(documents)) {
  const file = new URL(`../${name}`, import.meta.url)
  const printed = `${JSON.stringify(document, null, 2)}\n`
  if (!process.argv.includes('--check')) {
    await writeFile(file, printed)
  } else if ((await readFile(file, 'utf8').catch(() => '')) !== printed) {
    console.error(`${name} is stale: run npm run openapi`)
    process.exitCode = 1
  }
}
