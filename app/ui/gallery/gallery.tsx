/** The page that shows every component in every state; the reference for those who write pages and for the tests. */
import { Button } from '../button.tsx'
import { PageShell } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'
import { ChartsSection } from './charts-section.tsx'
import { FeedbackSection } from './feedback-section.tsx'
import { ActionsSection, FiguresSection, GALLERY_AS_OF } from './figures-section.tsx'
import { ConfirmSection, FormsSection } from './forms-section.tsx'
import { DocumentsSection, StepsSection, TablesSection } from './records-section.tsx'
import { RulesSection } from './rules-section.tsx'
import { VoteCastingSection, VoteCourseSection, VoteResultsSection } from './votes-section.tsx'

/** The whole page, inside the same frame as all others. */
export function Gallery() {
  const t = useT()
  return (
    <PageShell
      community={{ name: t('gallery.community'), href: '/ui-components' }}
      nav={[
        { href: '/ui-components', label: t('gallery.navHome'), icon: 'home', current: true },
        { href: '/ui-components?go=money', label: t('gallery.navMoney'), icon: 'money' },
        { href: '/ui-components?go=voucher', label: t('gallery.navVoucher'), icon: 'voucher' },
        { href: '/ui-components?go=statement', label: t('gallery.navStatement'), icon: 'statement' },
        { href: '/ui-components?go=health', label: t('gallery.navHealth'), icon: 'health' },
      ]}
      account={
        <>
          <span>{t('gallery.signedIn')}</span>
          <Button type="button" tone="quiet">
            {t('gallery.signOut')}
          </Button>
        </>
      }
      breadcrumb={[
        { href: '/', label: t('gallery.navHome') },
        { href: '/ui-components', label: t('gallery.crumbUi') },
      ]}
      kicker={t('gallery.kicker')}
      title={t('gallery.title')}
      lead={t('gallery.lead')}
      asOf={GALLERY_AS_OF}
      notContained={[t('gallery.notContained1'), t('gallery.notContained2')]}
      width="standard"
    >
      <FiguresSection />
      <ActionsSection />
      <TablesSection />
      <ChartsSection />
      <StepsSection />
      <DocumentsSection />
      <FormsSection />
      <ConfirmSection />
      <FeedbackSection />
      <RulesSection />
      <VoteResultsSection />
      <VoteCourseSection />
      <VoteCastingSection />
    </PageShell>
  )
}
