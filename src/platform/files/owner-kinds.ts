/** What a file belongs to. The platform does not care, but for one thing: whether everybody may see it. */
export type OwnerKind = (typeof privateKinds)[number] | (typeof publicKinds)[number]

const privateKinds = [
  'customerImage',
  'customerDocument',
  'customerContract',
  'catalogueImage',
  'textBlockDocument',
  'offerSpecimen',
  'employeeImage',
  'signature',
  'export',
] as const
const publicKinds = ['studioLogo', 'classImage', 'bookableImage', 'offerImage'] as const

/** Files of these kinds have an address without signature or end; all others are shown to holders of a link only. */
export function isPublicKind(ownerKind: string): boolean {
  return publicKinds.some((kind) => kind === ownerKind)
}
