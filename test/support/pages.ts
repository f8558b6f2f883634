import { spawn, spawnSync } from 'node:child_process'

/** A fenced block of a page, with the heading that it stands under. */
export interface Block {
  readonly heading: string
  readonly language: string
  readonly text: string
}

/** The fenced blocks of a Markdown page, in order. */
export function readBlocks(page: string): Block[] {
  const blocks: Block[] = []
  let heading = ''
  for (const [, title, language = '', text = ''] of page.matchAll(/^#+ (.+)$|^```(\w*)\n([\s\S]*?)^```$/gm)) {
    if (title !== undefined) heading = title
    else blocks.push({ heading, language, text })
  }
  return blocks
}

/** What a machine lacks to run the commands of a page, as the reason to skip; false when it has all. */
export function lacksShell(): string | false {
  const missing = ['bash', 'curl', 'sed', 'node'].find((name) => spawnSync(name, ['--version']).error !== undefined)
  return missing === undefined ? false : `no ${missing} on this machine`
}

/** What separates the answers of two blocks; nothing that a server says contains it. */
const seam = '\u001e'

/**
 * Runs commands one after the other in one shell, as a reader does who pastes them; answers what each printed. Left out, `env` is
 * the environment of this process.
 */
export async function runCommands(commands: readonly string[], env = process.env): Promise<string[]> {
  const shell = spawn('bash', ['-u', '-s'], { stdio: ['pipe', 'pipe', 'pipe'], env })
  const script = commands.map((command) => `${command}\nprintf '\\036'\n`).join('')
  shell.stdin.end(script)
  const [printed, complaints, code] = await Promise.all([
    shell.stdout.setEncoding('utf8').toArray(),
    shell.stderr.setEncoding('utf8').toArray(),
    new Promise<number | null>((resolve) => shell.on('close', resolve)),
  ])
  if (code !== 0 || complaints.length > 0) throw new Error(`The shell ended with ${code}: ${complaints.join('')}`)
  return printed.join('').split(seam).slice(0, -1)
}

/** Whether the text is what a page shows of it: `…` stands for anything, line breaks and blanks do not matter. */
export function isShown(text: string, shown: string): boolean {
  const bare = text.replaceAll(/\s+/g, '')
  let at = 0
  for (const piece of shown.replaceAll(/\s+/g, '').split('…')) {
    const found = bare.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return true
}
