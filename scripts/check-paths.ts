import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What betrays the machine that a file was written on. The last one counts in documents only. */
const betrayals: readonly (readonly [RegExp, RegExp])[] = [
  [/(?:^|[^A-Za-z0-9_./-])\/(?:work|farm|Users\/\w+)\//, /./],
  [/registry\.npmjs|deb\.debian/, /./],
  [/(?:^|[^A-Za-z0-9_./-])\/tmp\//, /\.md$/],
]
const binary = /\.(?:png|jpg|ico|woff2?|ttf|pdf|zip|gz|dump)$/

/** Tracked files name no path of this machine and no package registry, and the lock file records no addresses. */
export function checkPaths(root: string): string[] {
  if (!existsSync(join(root, '.git'))) return []
  const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 })
  const complaints: string[] = []
  for (const file of tracked.split('\0')) {
    if (file === '' || binary.test(file) || !existsSync(join(root, file))) continue
    const text = readFileSync(join(root, file), 'utf8')
    if (file === 'package-lock.json') {
      if (text.includes('"resolved": "http')) complaints.push(`${file} records download addresses; see .npmrc`)
      continue
    }
    for (const [pattern, files] of betrayals) {
      if (!files.test(file) || !pattern.test(text)) continue
      const line = text.split('\n').findIndex((each) => pattern.test(each)) + 1
      complaints.push(`${file}:${line} names a path or host of one machine`)
    }
  }
  return complaints
}
