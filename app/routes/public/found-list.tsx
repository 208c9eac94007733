/** What a search has found: each with its page, its day, and the words marked where they stand. */
import { dateText } from '#i18n'
import type { CivilDate } from '#kernel'
import type { SearchKind, TextPart } from '#search'
import { Anchor, useT, useViewer } from '#ui'

interface Found {
  readonly kind: SearchKind
  readonly key: string
  readonly on: CivilDate
  readonly title: readonly TextPart[]
  readonly excerpt: readonly TextPart[]
}

/** Where a text of a kind stands. */
function pathOf({ kind, key }: Found): string {
  if (kind === 'minutes') return `council/meetings/${key}#minutes`
  if (kind === 'proposal') return `projects/${key}`
  if (kind === 'challenge' || kind === 'request') return `ask/${key}`
  return kind === 'voucher' ? `vouchers/${key}` : `votes/${key}`
}

function Marked(props: { readonly parts: readonly TextPart[] }) {
  return props.parts.map(({ at, text, isHit }) => (isHit ? <mark key={at}>{text}</mark> : text))
}

/** The list. */
export function FoundList(props: { readonly slug: string; readonly found: readonly Found[] }) {
  const t = useT()
  const { lang } = useViewer()
  return (
    <ol className="found-list">
      {props.found.map(each => (
        <li key={`${each.kind}/${each.key}`}>
          <h3>
            <Anchor href={`/c/${props.slug}/${pathOf(each)}`}>
              <Marked parts={each.title} />
            </Anchor>
          </h3>
          <p className="found-list__of">
            {each.kind === 'voucher'
              ? t('search.voucherOf', { key: each.key })
              : t(`search.kind.${each.kind}`)}{' '}
            <time dateTime={each.on}>{dateText(each.on, lang)}</time>
          </p>
          {each.excerpt.length > 0 && (
            <p>
              <Marked parts={each.excerpt} />
            </p>
          )}
        </li>
      ))}
    </ol>
  )
}
