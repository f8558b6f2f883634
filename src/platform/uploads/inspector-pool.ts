import { type ChildProcess, fork } from 'node:child_process'

export interface InspectorLimits {
  /** Resident memory of one process, in bytes; it ends itself beyond. */
  readonly largestBytes: number
  /** Real time for one job; then its process is killed. */
  readonly withinMs: number
  /** A process that has had nothing to do for so long ends. */
  readonly idleMs: number
  readonly atOnce: number
  /** The program of the processes. */
  readonly program?: URL
}

export type InspectorAnswer = { readonly state: 'DONE'; readonly result: unknown } | { readonly state: 'DIED' }

const HEAP_MB = 256

/**
 * Processes that inspect files of strangers, each into one at a time. They are started when there is work, used again,
 * and replaced after their death, which costs only the job that caused it.
 */
export class InspectorPool<Job extends object> {
  readonly #limits: InspectorLimits
  readonly #idle: ChildProcess[] = []
  readonly #waiting: (() => void)[] = []
  #running = 0

  constructor(limits: InspectorLimits) {
    this.#limits = limits
  }

  async run(job: Job): Promise<InspectorAnswer> {
    if (this.#running >= this.#limits.atOnce) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    else this.#running += 1
    try {
      return await this.#ask(this.#take() ?? this.#start(), job)
    } finally {
      // The job that has waited longest takes over.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#running -= 1
    }
  }

  /** A process that rests and still lives. */
  #take(): ChildProcess | undefined {
    for (let child = this.#idle.pop(); child; child = this.#idle.pop()) if (child.connected) return child
    return undefined
  }

  #start(): ChildProcess {
    const { largestBytes, program = new URL('./inspector.ts', import.meta.url) } = this.#limits
    return fork(program, [String(largestBytes)], {
      execArgv: [`--max-old-space-size=${HEAP_MB}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
  }

  #ask(child: ChildProcess, job: Job): Promise<InspectorAnswer> {
    hold(child)
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => child.kill('SIGKILL'), this.#limits.withinMs)
      const settle = () => {
        clearTimeout(timer)
        forget(child)
      }
      child.once('message', ({ result }: { readonly result?: unknown }) => {
        settle()
        this.#rest(child)
        resolve({ state: 'DONE', result })
      })
      child.once('exit', () => {
        settle()
        resolve({ state: 'DIED' })
      })
      child.once('error', (error) => {
        settle()
        child.on('error', () => undefined)
        child.kill('SIGKILL')
        reject(error)
      })
      child.send(job)
    })
  }

  /** Puts a process aside until there is work again; it does not keep ours alive. */
  #rest(child: ChildProcess) {
    const leave = () => {
      const at = this.#idle.indexOf(child)
      if (at !== -1) this.#idle.splice(at, 1)
      if (child.connected) child.disconnect()
    }
    const timer = setTimeout(leave, this.#limits.idleMs).unref()
    for (const event of ['exit', 'error', 'disconnect']) child.once(event, leave)
    child.once(TAKEN, () => clearTimeout(timer))
    this.#idle.push(child)
    child.unref()
    child.channel?.unref()
  }
}

const TAKEN = 'taken'

/** The listeners of a job or of a rest; Node has some of its own. */
function forget(child: ChildProcess) {
  for (const event of ['message', 'exit', 'error', 'disconnect', TAKEN]) child.removeAllListeners(event)
}

/** A process with work keeps ours alive. */
function hold(child: ChildProcess) {
  child.emit(TAKEN)
  forget(child)
  child.ref()
  child.channel?.ref()
}
