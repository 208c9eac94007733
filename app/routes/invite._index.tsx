/** /invite: for whoever types the code of a letter instead of scanning it. */
import { data, type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { translate } from '#i18n'
import { isId } from '#kernel'
import { typedCode } from '#people'
import { Button, Card, ErrorSummary, href, KeepViewer, PageShell, TextField, useT, viewerOf } from '#ui'

export const meta: MetaFunction = ({ location }) => {
  const t = translate(viewerOf(location.search).lang)
  return [{ title: `${t('letters.typeTitle')} · ${t('site.name')}` }, { name: 'robots', content: 'noindex' }]
}

export async function loader({ request }: LoaderFunctionArgs) {
  const given = new URL(request.url).searchParams.get('code')
  if (given === null) return data({ isMalformed: false })
  const code = typedCode(given)
  if (!isId(code)) return data({ isMalformed: true }, { status: 422 })
  throw redirect(href(`/invite/${code}`, viewerOf(request.url)), 303)
}

export default function TypeCode() {
  const t = useT()
  const { isMalformed } = useLoaderData<typeof loader>()
  const error = isMalformed ? t('letters.typeMalformed') : undefined
  return (
    <PageShell
      kicker={t('people.inviteKicker')}
      title={t('letters.typeTitle')}
      lead={t('letters.typeLead')}
      notContained={[t('letters.typeContains')]}
    >
      <ErrorSummary errors={error === undefined ? [] : [{ field: 'code', message: error }]} />
      <Card>
        <form method="get">
          <KeepViewer />
          <TextField
            name="code"
            label={t('letters.typeField')}
            autoComplete="off"
            maxLength={80}
            required
            error={error}
          />
          <Button>{t('letters.typeButton')}</Button>
        </form>
      </Card>
    </PageShell>
  )
}
