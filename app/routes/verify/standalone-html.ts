/**
 * The verifier as one file: page, style, script and public keys in one text that makes no request, held to it by its own
 * content security policy. The same parts give the same bytes, so its digest can be published. Pure.
 */
import { assert, sha256, toBase64, utf8 } from '#kernel'
import { type Given, MOUNT_ID } from './given.ts'

export interface StandaloneParts {
  readonly script: string
  readonly styles: string
  readonly given: Given
  readonly title: string
  /** What a reader without scripts is told, one line per language. */
  readonly withoutScript: readonly string[]
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}

function sourceOf(text: string): string {
  return `'sha256-${toBase64(sha256(utf8(text)))}'`
}

/** The whole file. Nothing but this very script and this very style may run or load in it. */
export function standaloneHtml({ script, styles, given, title, withoutScript }: StandaloneParts): string {
  assert(!/<\/script|<!--/i.test(script), 'the script can stand inside a page')
  assert(!/<\/style/i.test(styles), 'the stylesheet can stand inside a page')
  const policy = [
    "default-src 'none'",
    `script-src ${sourceOf(script)}`,
    `style-src ${sourceOf(styles)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="zh-CN" data-mode="standard">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${styles}</style>
</head>
<body>
<div class="page"><main class="main"><div class="verifier" id="${MOUNT_ID}" data-given="${escaped(JSON.stringify(given))}">
<h1>${escaped(title)}</h1>
${withoutScript.map(line => `<p>${escaped(line)}</p>`).join('\n')}
</div></main></div>
<script type="module">${script}</script>
</body>
</html>
`
}
