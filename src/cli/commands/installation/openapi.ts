import { writeFile } from 'node:fs/promises'
import type { Command } from 'commander'

export function addOpenapiCommands(program: Command) {
  program
    .command('openapi')
    .command('print')
    .description('print the document of this version')
    .option('--admin', 'the API for operators')
    .option('--device', 'the API for devices')
    .option('--out <file>', 'write it to a file')
    // The document is JSON anyway.
    .option('--json', 'no difference')
    .action(async ({ admin, device, out }: { admin?: boolean; device?: boolean; out?: string }) => {
      const api = await import('../../../api.ts')
      const { openapiDocument } = await import('../../../platform/api/openapi.ts')
      const document = admin
        ? openapiDocument(api.adminOperations, api.adminInfo)
        : device
          ? openapiDocument(api.deviceOperations, api.deviceInfo)
          : openapiDocument(api.publicOperations, api.publicInfo)
      const text = `${JSON.stringify(document, null, 2)}\n`
      if (out === undefined) process.stdout.write(text)
      else await writeFile(out, text)
    })
}
