import sharp from 'sharp'
import { compare } from '../load.ts'
import type { BenchRow, Setting } from '../report.ts'
import { ids } from '../world.ts'

const CONNECTIONS = 4
const PICTURES = 8
const BOUNDARY = 'palestra-bench'

/** Photos of a phone (12 megapixels), over random customers, against a process that only decodes, fits and encodes them. */
export async function measureUpload(setting: Setting): Promise<BenchRow> {
  const photos = await Promise.all(Array.from({ length: PICTURES }, (_, n) => makePhoto(n)))
  const forms = photos.map(makeForm)
  const at = (list: readonly Buffer[], n: number) => list[n % PICTURES] as Buffer
  const { palestra, floor, headers, seconds, customers } = setting
  const load = { seconds, connections: CONNECTIONS, method: 'PUT' as const }
  // Each round of pictures goes to other people: the same picture again would be no work for the database.
  const id = (n: number) => ids.firstCustomer + ((n * 7919) % customers)
  const result = await compare(
    {
      ...load,
      url: palestra.url,
      headers: { ...headers, 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      path: (n) => `/v1/customers/${id(n)}/images`,
      body: (n) => at(forms, n),
    },
    {
      ...load,
      url: floor.url,
      headers: { 'content-type': 'image/jpeg' },
      path: () => '/photos',
      body: (n) => at(photos, n),
    },
  )
  if (result.ours.not2xx > 0) throw new Error(`${result.ours.not2xx} uploads were refused.`)
  const [ours, bare] = [result.ours.perSecond, result.floor.perSecond]
  const work = 'PUT a photo of 12 megapixels, against bare sharp'
  return { work, ours, floor: bare, ratio: ours / bare, atLeast: 0.5, aim: 0.8 }
}

/** Noise that is coarse enough to be packed like a photo. */
async function makePhoto(n: number): Promise<Buffer> {
  const [width, height] = [500, 375]
  const noise = Buffer.alloc(width * height * 3)
  for (let at = 0; at < noise.length; at++) noise[at] = (at * (n + 3) * 2654435761) >>> 24
  return sharp(noise, { raw: { width, height, channels: 3 } })
    .resize(4000, 3000)
    .jpeg({ quality: 85 })
    .toBuffer()
}

function makeForm(photo: Buffer): Buffer {
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="image"; filename="photo.jpg"\r\n\r\n`
  return Buffer.concat([Buffer.from(head), photo, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)])
}
