/**
 * The mark of the product: the two characters of its name cut white into a cinnabar seal. Outlines, not text, so that it
 * looks the same on every phone (glyphs of Noto Serif CJK SC Bold, SIL Open Font License 1.1).
 */

const BRIGHT =
  'M81 13L81 33L62 33L62 13ZM51 11L51 43C51 63 48 82 29 96L30 97C51 88 59 74 61 59L81 59L81 82C81 84 80 84 79 84C76 84 63 83 63 83L63 85C69 86 72 87 74 89C75 91 76 93 77 97C90 96 92 91 92 83L92 15C94 15 96 14 96 13L85 4L80 11L64 11L51 6ZM81 36L81 56L61 56C62 52 62 47 62 42L62 36ZM18 15L31 15L31 37L18 37ZM7 12L7 79L9 79C15 79 18 76 18 75L18 65L31 65L31 74L33 74C37 74 42 71 42 70L42 17C44 17 45 16 46 15L35 7L30 12L19 12L7 8ZM18 40L31 40L31 62L18 62Z'
const BOOKS =
  'M8 9L8 66L9 66C14 66 17 64 17 63L17 15L34 15L34 64L36 64C40 64 44 62 44 62L44 16C46 16 47 15 48 14L38 7L34 13L18 13ZM34 25L21 23C21 61 22 81 3 95L4 96C18 90 24 81 27 68C31 74 35 82 36 89C45 97 54 77 28 66C30 56 30 43 30 27C32 27 33 26 34 25ZM69 5L54 3L54 45L45 45L46 48L54 48L54 79C54 81 53 82 49 85L58 97C59 96 60 95 60 94C67 87 72 81 75 77L74 76L65 80L65 48L71 48C73 71 77 84 88 94C89 89 93 86 98 85L98 84C86 77 76 67 73 48L94 48C95 48 96 48 96 47C92 43 85 37 85 37L79 45L65 45L65 39C75 34 84 26 90 20C92 21 93 20 94 19L80 11C77 18 71 28 65 36L65 7C67 7 68 6 69 5Z'

/** The seal, upright as it stands in a book; decorative, because the name stands beside it. */
export function SealMark() {
  return (
    <svg
      className="seal-mark"
      viewBox="0 0 132 236"
      width="26"
      height="46"
      aria-hidden="true"
      focusable="false"
    >
      <rect className="seal-mark__ground" width="132" height="236" rx="10" />
      <rect className="seal-mark__edge" x="7" y="7" width="118" height="222" rx="5" />
      <path className="seal-mark__glyph" transform="translate(17 16)" d={BRIGHT} />
      <path className="seal-mark__glyph" transform="translate(17 118)" d={BOOKS} />
    </svg>
  )
}
