import { Type } from 'typebox'
import { operation } from '../platform/api/operation.ts'
import { id, named, pathId, slicedResult, sliceQuery, text } from '../platform/api/schema.ts'

const optional = Type.Optional
const byCustomer = Type.Object({ customerId: pathId('customer', 'The customer.') })

/** Largest picture and document, in MB of 1024 * 1024 bytes. */
export const IMAGE_MAX_MB = 10
export const DOCUMENT_MAX_MB = 20

const CustomerImage = named(
  'CustomerImage',
  Type.Object({ imageUrl: optional(text('Link to the picture as it is kept; works for 15 minutes without a key.')) }),
)

const CustomerDocument = named(
  'CustomerDocument',
  Type.Object({
    url: optional(text('Link to the document; works for 15 minutes without a key.')),
    id: optional(id('The document.', { examples: [1000000871] })),
    fileName: optional(text('Name of the file.', { examples: ['contract.pdf'] })),
    description: optional(text('What the document is.', { examples: ['Signed contract'] })),
  }),
)

const CustomerDocumentUploadResult = named(
  'CustomerDocumentUploadResult',
  Type.Object({ id: optional(id('The new document.', { examples: [1000000871] })) }),
)

export const updateImage = operation({
  operationId: 'updateImage',
  method: 'PUT',
  path: '/v1/customers/{customerId}/images',
  tag: 'Customers',
  summary: 'Replace the picture of a customer',
  description:
    'A JPEG or PNG of at most 10 MB and 50 megapixels; HEIC too where the server can decode it. Content and file ' +
    'extension must agree. The picture is kept upright, without metadata, as JPEG of at most 1200 pixels on each side. ' +
    'Links to the former picture work until they end.',
  scopes: ['CUSTOMER_WRITE'],
  emits: ['CUSTOMER_UPDATED'],
  params: byCustomer,
  file: { name: 'image', description: 'The picture, exactly one.', maxMb: IMAGE_MAX_MB },
  response: CustomerImage,
  errors: { 400: ['errormessage.upload.imageInvalid', 'errormessage.upload.tooManyPixels'] },
})

export const uploadDocument = operation({
  operationId: 'uploadDocument',
  method: 'POST',
  path: '/v1/customers/{customerId}/documents',
  tag: 'Customers',
  summary: 'File a document of a customer',
  description:
    'A file of at most 20 MB: pdf, jpg, jpeg, png, gif, tif, tiff, txt, csv, doc, docx, xls, xlsx, odt or ods, unless ' +
    'the server is configured otherwise. Content and file extension must agree. Every call files a new document.',
  scopes: ['CUSTOMER_DOCUMENT_WRITE'],
  params: byCustomer,
  query: Type.Object({
    description: optional(text('What the document is.', { maxLength: 1000, examples: ['Member contract'] })),
  }),
  file: { name: 'file', description: 'The document, exactly one.', maxMb: DOCUMENT_MAX_MB },
  response: CustomerDocumentUploadResult,
})

export const getDocuments = operation({
  operationId: 'getDocuments',
  method: 'GET',
  path: '/v1/customers/{customerId}/documents',
  tag: 'Customers',
  summary: 'List the documents of a customer',
  description: 'In the order of their ids. Documents that staff have marked as internal are left out.',
  scopes: ['CUSTOMER_DOCUMENT_READ'],
  shed: 'BULK',
  params: byCustomer,
  query: sliceQuery(10, 1, 50),
  response: slicedResult('CustomerDocuments', CustomerDocument),
})

export const getDocumentById = operation({
  operationId: 'getDocumentById',
  method: 'GET',
  path: '/v1/customers/{customerId}/documents/{id}',
  tag: 'Customers',
  summary: 'Read one document of a customer',
  description: 'The link is new with each answer. Internal documents are answered with 404.',
  scopes: ['CUSTOMER_DOCUMENT_READ'],
  params: Type.Object({
    customerId: pathId('customer', 'The customer.'),
    id: pathId('document', 'The document.'),
  }),
  response: CustomerDocument,
})
