/** Support for each home of the reader, one button each: once, and to be taken back. */
import type { ReactNode } from 'react'
import { Button } from '../button.tsx'
import { Notice } from '../feedback.tsx'
import { Card } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'

/** One form for each home; says so where there is none. */
export function SupportForms(props: {
  readonly homes: readonly { readonly home: string; readonly supports: boolean }[]
  /** The field that proves that the form is this session's. */
  readonly token: ReactNode
}) {
  const t = useT()
  if (props.homes.length === 0) return <p>{t('projects.supportNoHome')}</p>
  return (
    <>
      {props.homes.map(({ home, supports }) => (
        <Card key={home}>
          {supports && <Notice tone="success" title={t('projects.supportIs', { home })} />}
          <form method="post">
            {props.token}
            <input type="hidden" name="act" value={supports ? 'unsupport' : 'support'} />
            <input type="hidden" name="home" value={home} />
            <Button tone={supports ? 'secondary' : 'primary'}>
              {supports ? t('projects.supportBack', { home }) : t('projects.supportFor', { home })}
            </Button>
          </form>
        </Card>
      ))}
    </>
  )
}
