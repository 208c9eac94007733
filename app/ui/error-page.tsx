/** The pages for what cannot be shown: no permission, no such page, a defect. They say whether the books are affected. */
import type { MessageKey } from '#i18n'
import { LinkButton } from './button.tsx'
import { PageShell } from './page-shell.tsx'
import { useT } from './viewer.tsx'

function textsOf(status: number) {
  if (status === 404) return { title: 'site.error404Title', text: 'site.error404Text' } as const
  if (status === 401 || status === 403)
    return { title: 'site.error403Title', text: 'site.error403Text' } as const
  if (status >= 500) return { title: 'site.error500Title', text: 'site.error500Text' } as const
  return { title: 'site.errorOtherTitle', text: 'site.errorOtherText' } as const
}

/** The heading for an HTTP status, for the title of the document. */
export function errorTitle(status: number): Extract<MessageKey, `site.error${string}Title`> {
  return textsOf(status).title
}

/** A full page for an HTTP status. Says nothing about the inside of the program. */
export function ErrorPage(props: { readonly status: number }) {
  const t = useT()
  const { title, text } = textsOf(props.status)
  return (
    <PageShell
      kicker={t('site.errorReference', { status: props.status })}
      title={t(title)}
      lead={t(text)}
      notContained={[t('site.errorContains')]}
    >
      <p>
        <LinkButton href="/" tone="primary" icon="home">
          {t('site.errorHome')}
        </LinkButton>
      </p>
    </PageShell>
  )
}
