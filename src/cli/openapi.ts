import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'

export function addOpenapiCommands(program: Command) {
  program
    .command('openapi')
    .description('the published description of the API')
    .command('print')
    .description('print the document of this version')
    .option('--admin', 'the API for operators')
    .option('--out <file>', 'write it to a file')
    // The document is JSON anyway.
    .option('--json', 'no difference')
    .action(async ({ admin, out }: { admin?: boolean; out?: string }) => {
      const { adminInfo, adminOperations, publicInfo, publicOperations } = await import('../api.ts')
      const { openapiDocument } = await import('../platform/openapi.ts')
      const document = admin
        ? openapiDocument(adminOperations, adminInfo)
        : openapiDocument(publicOperations, publicInfo)
      const text = `${JSON.stringify(document, null, 2)}\n`
      if (out === undefined) process.stdout.write(text)
      else await writeFile(out, text)
    })
}
