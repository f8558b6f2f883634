import { execFile, spawn } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { compare } from '../load.ts'
import type { BenchRow, Setting } from '../report.ts'
import { ids } from '../world.ts'

const folder = join(import.meta.dirname, '..', 'prism')
const document = join(import.meta.dirname, '..', '..', 'openapi.json')
const PORT = 8393

/** A stateless mock made from our own document, answering the same operation. */
export async function measurePrism(setting: Setting): Promise<BenchRow> {
  await promisify(execFile)('npm', ['ci', '--prefix', folder, '--no-audit', '--no-fund'])
  const prism = spawn(join(folder, 'node_modules', '.bin', 'prism'), ['mock', document, '-p', String(PORT)], {
    stdio: 'ignore',
  })
  try {
    await untilUp(setting)
    const path = (n: number) => `/v1/customers/${ids.firstCustomer + (n % setting.customers)}`
    const load = { headers: setting.headers, seconds: setting.seconds, connections: 32, path }
    const { ours, floor } = await compare(
      { ...load, url: setting.palestra.url },
      { ...load, url: `http://127.0.0.1:${PORT}` },
    )
    return {
      work: 'GET customer, against a stateless mock (Prism)',
      ours: ours.perSecond,
      floor: floor.perSecond,
      ratio: ours.perSecond / floor.perSecond,
      atLeast: 10,
      aim: 30,
      ...(floor.not2xx > 0 ? { note: `${floor.not2xx} answers of the mock were errors` } : {}),
    }
  } finally {
    prism.kill('SIGTERM')
  }
}

async function untilUp({ headers }: Setting) {
  for (let tries = 0; tries < 100; tries++) {
    const isUp = await fetch(`http://127.0.0.1:${PORT}/v1/customers/1`, { headers }).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isUp) return
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('The mock does not answer.')
}
