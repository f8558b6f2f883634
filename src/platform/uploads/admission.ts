import { type ApiError, badRequest } from '../errors/errors.ts'
import { findHeicDecoder } from './heic.ts'
import { fitImage, inspectContent } from './inspection.ts'
import type { UploadedFile } from './spool.ts'
import { chooseContent, type Extension, judgeType } from './type-rules.ts'

/** Limits of one operation. */
export interface UploadLimits {
  /** MB of 1024 * 1024 bytes. */
  readonly maxMb: number
  readonly allowed: readonly Extension[]
}

const pictureTypes: readonly Extension[] = ['jpg', 'jpeg', 'png']

/** HEIC only counts where it can be decoded. */
const imageLimits = (maxMb: number): UploadLimits => ({
  maxMb,
  allowed: findHeicDecoder() === undefined ? pictureTypes : [...pictureTypes, 'heic', 'heif'],
})

/** A picture as it is kept, re-encoded by us; refuses everything that is not one. */
export async function readImage(file: UploadedFile, maxMb: number): Promise<Buffer> {
  const { content } = await admit(file, imageLimits(maxMb))
  const fitted = await fitImage(file.path, content)
  if (fitted.verdict === 'FITTED') return fitted.jpeg
  throw badRequest(
    fitted.verdict === 'INVALID' ? 'errormessage.upload.imageInvalid' : 'errormessage.upload.tooManyPixels',
  )
}

/** What a document is, by its content and its name; refuses everything that the limits leave out. */
export async function readDocumentType(file: UploadedFile, limits: UploadLimits): Promise<string> {
  return (await admit(file, limits)).mime
}

/** The order of the checks: empty, too large, type by the bytes, extension. */
async function admit(file: UploadedFile, { maxMb, allowed }: UploadLimits) {
  if (file.size === 0) throw badRequest('errormessage.upload.empty')
  if (file.isTooLarge) {
    throw badRequest('errormessage.upload.fileTooLarge', { args: [{ type: 'INTEGER', value: maxMb }] })
  }
  const content = chooseContent(await inspectContent(file.path), file.fileName)
  const verdict = judgeType(content, file.fileName, allowed)
  if (verdict.verdict === 'ALLOWED' && content !== undefined) return { content, mime: verdict.mime }
  throw verdict.verdict === 'EXTENSION_MISMATCH'
    ? mismatch(verdict.extension, verdict.type)
    : notSupported(verdict.verdict === 'TYPE_NOT_SUPPORTED' ? verdict.type : '?', allowed)
}

function notSupported(type: string, allowed: readonly Extension[]): ApiError {
  return badRequest('errormessage.upload.typeNotSupported', {
    args: [
      { type: 'STRING', value: type },
      { type: 'ENUM', value: allowed },
    ],
  })
}

function mismatch(extension: string, type: string): ApiError {
  return badRequest('errormessage.upload.extensionMismatch', {
    args: [
      { type: 'STRING', value: extension },
      { type: 'STRING', value: type },
    ],
  })
}
