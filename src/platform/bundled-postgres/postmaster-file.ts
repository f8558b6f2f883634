import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCode } from './failure.ts'

/** What a running server writes about itself in its data folder. */
export interface Postmaster {
  readonly pid: number
  readonly status: 'starting' | 'ready' | 'stopping'
}

/** Reads postmaster.pid; undefined when there is none, or one so young that it is still empty. */
export function readPostmaster(folder: string): Postmaster | undefined {
  const lines = read(join(folder, 'postmaster.pid'))?.split('\n')
  const pid = Number(lines?.[0])
  if (!lines || !Number.isInteger(pid) || pid <= 0) return undefined
  const status = lines[7]?.trim()
  return { pid, status: status === 'ready' || status === 'stopping' ? status : 'starting' }
}

/** Whether the last server of the folder was started with exactly these arguments. */
export function wasStartedWith(folder: string, args: readonly string[]): boolean {
  const command = read(join(folder, 'postmaster.opts'))?.trimEnd() ?? ''
  return command.endsWith(` ${args.map((arg) => `"${arg}"`).join(' ')}`)
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (thrown) {
    if (errorCode(thrown) === 'ENOENT') return undefined
    throw thrown
  }
}
