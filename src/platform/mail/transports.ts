import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { Config } from '../config/config.ts'
import type { MailTransport } from './mail.ts'
import { composeMessage } from './message.ts'
import { smtpTransport } from './smtp.ts'

/** Where the demo puts its mails, in the data folder. */
const FOLDER = 'mails'

/** Writes each mail as an `.eml` file, which mail programs open; a mail that is written again takes its own place. */
export function folderTransport(folder: string): MailTransport {
  const composer = createTransport({ streamTransport: true, newline: 'windows' })
  return {
    send: async (mail) => {
      const { message } = await composer.sendMail(composeMessage(mail))
      await mkdir(folder, { recursive: true })
      const path = join(folder, `${mail.name}.eml`)
      await writeFile(`${path}.part`, message)
      await rename(`${path}.part`, path)
    },
  }
}

/** The server of the settings, else the folder of the demo; elsewhere mails wait until a server is set. */
export function openMailTransport({ smtpServer, demo, dataDir }: Config): MailTransport | undefined {
  if (smtpServer) return smtpTransport(smtpServer)
  return demo ? folderTransport(join(dataDir, FOLDER)) : undefined
}
