import { cleanPasted } from '../validation/pasted-text.ts'

/** What the bytes of a file are, judged by the bytes alone. */
const contents = {
  pdf: { extensions: ['pdf'], mime: 'application/pdf' },
  jpg: { extensions: ['jpg', 'jpeg'], mime: 'image/jpeg' },
  png: { extensions: ['png'], mime: 'image/png' },
  heic: { extensions: ['heic', 'heif'], mime: 'image/heic' },
  gif: { extensions: ['gif'], mime: 'image/gif' },
  tif: { extensions: ['tif', 'tiff'], mime: 'image/tiff' },
  txt: { extensions: ['txt', 'csv'], mime: 'text/plain' },
  doc: { extensions: ['doc'], mime: 'application/msword' },
  docx: {
    extensions: ['docx'],
    mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  },
  xls: { extensions: ['xls'], mime: 'application/vnd.ms-excel' },
  xlsx: { extensions: ['xlsx'], mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  odt: { extensions: ['odt'], mime: 'application/vnd.oasis.opendocument.text' },
  ods: { extensions: ['ods'], mime: 'application/vnd.oasis.opendocument.spreadsheet' },
} as const

/** A file extension that we recognize by the content. */
export type Extension = (typeof contents)[keyof typeof contents]['extensions'][number]

const contentByExtension = new Map<string, string>(
  Object.entries(contents).flatMap(([content, { extensions }]) => extensions.map((each) => [each, content] as const)),
)
const mimes: Readonly<Record<string, string>> = {
  ...Object.fromEntries([...contentByExtension].map(([each, content]) => [each, contents[content as 'pdf'].mime])),
  csv: 'text/csv',
}

/** Names that cameras, browsers and mail programs give to types whose usual name we know. */
const otherNames: Readonly<Record<string, Extension>> = {
  jfif: 'jpg',
  jpe: 'jpg',
  jif: 'jpg',
  jfi: 'jpg',
  pjpeg: 'jpg',
  pjp: 'jpg',
  apng: 'png',
}

export const knownExtensions = [...contentByExtension.keys()] as Extension[]

/** Documents of customers, unless the operator says otherwise: every known type but HEIC. */
export const usualDocuments: readonly Extension[] = knownExtensions.filter((each) => !/^hei[cf]$/.test(each))

export type TypeVerdict =
  | { readonly verdict: 'ALLOWED'; readonly mime: string }
  | { readonly verdict: 'TYPE_NOT_SUPPORTED'; readonly type: string }
  | { readonly verdict: 'EXTENSION_MISMATCH'; readonly extension: string; readonly type: string }

/** Of several types that the bytes of a file can be, the one that its name says, else the likeliest. */
export function chooseContent(contents: readonly string[], fileName: string): string | undefined {
  const named = contentByExtension.get(readExtension(fileName))
  return contents.find((each) => each === named) ?? contents[0]
}

/** Content and file name must name the same type, and the operation must take it. `content` is absent when unknown. */
export function judgeType(content: string | undefined, fileName: string, allowed: readonly Extension[]): TypeVerdict {
  const named = readExtension(fileName)
  const extension = otherNames[named] ?? named
  const isTaken = allowed.some((each) => contentByExtension.get(each) === content)
  if (content === undefined || !isTaken)
    return { verdict: 'TYPE_NOT_SUPPORTED', type: content ?? unknownType(extension, allowed) }
  const isNamedSo = contentByExtension.get(extension) === content && allowed.some((each) => each === extension)
  if (!isNamedSo) return { verdict: 'EXTENSION_MISMATCH', extension: named || '?', type: content }
  return { verdict: 'ALLOWED', mime: mimes[extension] ?? 'application/octet-stream' }
}

/** What the name promises is said of an unknown content, unless that would be a type that is taken. */
function unknownType(extension: string, allowed: readonly Extension[]): string {
  return extension === '' || allowed.some((each) => each === extension) ? '?' : extension
}

/**
 * The letters after the last dot, in lower case; at most ten, since nothing longer is a type. What comes along unseen with
 * a pasted name does not count.
 */
export function readExtension(fileName: string): string {
  return /\.([a-z0-9]{1,10})$/i.exec(cleanPasted(fileName))?.[1]?.toLowerCase() ?? ''
}

const LONGEST_NAME_BYTES = 255

/** At most 255 bytes of UTF-8 in composed form, cut before the extension. The name must be free of folders already. */
export function shortenName(name: string): string {
  const composed = name.normalize('NFC')
  const [, stem = composed, extension = ''] = /^(.*?)(\.[a-z0-9]{1,10})?$/isu.exec(composed) ?? []
  let rest = LONGEST_NAME_BYTES - Buffer.byteLength(extension)
  let kept = ''
  for (const sign of stem) {
    rest -= Buffer.byteLength(sign)
    if (rest < 0) break
    kept += sign
  }
  return kept + extension
}
