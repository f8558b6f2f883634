/** What is used of the library. The types that others publish for it bring those of a browser along. */
declare module 'pdfmake' {
  type Fonts = Readonly<Record<string, Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>>>

  const pdfmake: {
    setFonts(fonts: Fonts): void
    /** Which files may be read, and which addresses. */
    setLocalAccessPolicy(isAllowed: (path: string) => boolean): void
    setUrlAccessPolicy(isAllowed: (url: string) => boolean): void
    createPdf(definition: object): { getBuffer(): Promise<Buffer> }
  }
  export default pdfmake
}
