/**
 * The two fonts of every sealed document, parsed once for the process: parsing per document, or naming one file twice in
 * pdfkit, costs seconds. Always the same bytes, because the fonts are part of what makes a rendering reproducible.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { create, type Font } from 'fontkit'

export interface DocumentFonts {
  readonly regular: Font
  readonly bold: Font
}

const PACKAGE = '@expo-google-fonts/noto-sans-sc'
let parsed: DocumentFonts | null = null

/** Noto Sans SC Regular and Bold (OFL-1.1), static TrueType: 30,890 characters. */
export function documentFonts(): DocumentFonts {
  const { resolve } = createRequire(import.meta.url)
  const read = (file: string) => withoutLayoutRules(create(readFileSync(resolve(`${PACKAGE}/${file}`))))
  parsed ??= {
    regular: read('400Regular/NotoSansSC_400Regular.ttf'),
    bold: read('700Bold/NotoSansSC_700Bold.ttf'),
  }
  return parsed
}

/**
 * The same font without its substitution and positioning rules: Chinese text at one size needs none of them, and asking
 * them for every run is most of the time a rendering takes.
 */
function withoutLayoutRules(font: Font): Font {
  return Object.create(font, { GSUB: { value: null }, GPOS: { value: null } }) as Font
}
