/** The pages for what cannot be shown: no permission, no such page, a defect. They say whether the books are affected. */
import { LinkButton } from './button.tsx'
import { PageShell } from './page-shell.tsx'
import { useT } from './viewer.tsx'

/** A full page for an HTTP status. Says nothing about the inside of the program. */
export function ErrorPage(props: { readonly status: number }) {
  const t = useT()
  const { status } = props
  const [title, text] =
    status === 404
      ? [t('site.error404Title'), t('site.error404Text')]
      : status === 401 || status === 403
        ? [t('site.error403Title'), t('site.error403Text')]
        : status >= 500
          ? [t('site.error500Title'), t('site.error500Text')]
          : [t('site.errorOtherTitle'), t('site.errorOtherText')]
  return (
    <PageShell
      kicker={t('site.errorReference', { status })}
      title={title}
      lead={text}
      notContained={[t('site.errorContains')]}
    >
      <LinkButton href="/" tone="primary" icon="home">
        {t('site.errorHome')}
      </LinkButton>
    </PageShell>
  )
}
