/** Component page: notices, progress, and the states in which there is nothing to show. */
import { LinkButton } from '../button.tsx'
import { EmptyState, ErrorState, Notice, Progress, RefreshNotice } from '../feedback.tsx'
import { Card, Section } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'

/** Everything a page may have to tell. */
export function FeedbackSection() {
  const t = useT()
  return (
    <Section title={t('gallery.notices')} id="notices">
      <Notice title={t('gallery.noticeInfo')}>{t('gallery.noticeInfoText')}</Notice>
      <Notice tone="success" title={t('gallery.noticeSuccess')} live="status" />
      <Notice tone="warning" title={t('gallery.noticeWarning')}>
        {t('gallery.noticeWarningText')}
      </Notice>
      <Notice tone="danger" title={t('gallery.noticeDanger')} />
      <Card>
        <Progress
          label={t('gallery.progressLabel')}
          done={3}
          total={5}
          detail={t('gallery.progressDetail')}
        />
        <Progress label={t('gallery.progressUnknown')} />
        <RefreshNotice seconds={3} />
      </Card>
      <EmptyState
        title={t('gallery.emptyTitle')}
        action={
          <LinkButton href="/ui-components" tone="primary">
            {t('gallery.emptyAction')}
          </LinkButton>
        }
      >
        {t('gallery.emptyText')}
      </EmptyState>
      <ErrorState
        title={t('gallery.errorTitle')}
        action={<LinkButton href="/ui-components">{t('gallery.errorAction')}</LinkButton>}
      >
        {t('gallery.errorText')}
      </ErrorState>
    </Section>
  )
}
