/** What a reader compares with paper: the fingerprint of a document and a QR code. */
import qrcode from 'qrcode-generator'
import { useT } from './viewer.tsx'

/** A hash in groups of four, which is how people compare it aloud. */
function grouped(hex: string): string {
  return hex.replace(/(.{4})(?=.)/g, '$1 ')
}

/**
 * The fingerprint of something: the first 16 hex digits in groups of four, the whole hash on demand. `hash` is 64 lower-case hex digits.
 */
export function DigestFigure(props: { readonly hash: string; readonly label?: string }) {
  const t = useT()
  return (
    <div className="digest">
      <p className="digest__short">
        <span className="digest__label">{props.label ?? t('ui.digestShort')}</span>{' '}
        <code>{grouped(props.hash.slice(0, 16))}</code>
      </p>
      <details className="digest__more">
        <summary>{t('ui.digestFull')}</summary>
        <p className="digest__hint">{t('ui.digestHint')}</p>
        <code className="digest__full">{props.hash}</code>
      </details>
    </div>
  )
}

/** A QR code as one SVG path with a quiet zone; medium error correction, which survives a crease on a notice board. */
export function QrCode(props: { readonly text: string; readonly caption?: string }) {
  const t = useT()
  const code = qrcode(0, 'M')
  code.addData(props.text)
  code.make()
  const size = code.getModuleCount()
  let path = ''
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (code.isDark(row, column)) path += `M${column + 4} ${row + 4}h1v1h-1z`
    }
  }
  return (
    <figure className="qr">
      <svg
        role="img"
        aria-label={t('ui.qrAlt', { text: props.text })}
        viewBox={`0 0 ${size + 8} ${size + 8}`}
        width="176"
        height="176"
        shapeRendering="crispEdges"
      >
        <rect width={size + 8} height={size + 8} fill="#fff" />
        <path d={path} fill="#000" />
      </svg>
      {props.caption && <figcaption>{props.caption}</figcaption>}
    </figure>
  )
}
