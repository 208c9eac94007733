/** What to print of a vote, one button per paper. The files hold the secrets of the ballots, so that only those who deliver come here. */
import { Button } from '../button.tsx'
import { Notice } from '../feedback.tsx'
import { SelectField, TextField } from '../form.tsx'
import { type OfficeFrame, officePath } from '../office/office-page.tsx'
import { useT } from '../viewer.tsx'

/** One form with three files; works without a script, because each button names its own address. */
export function PrintForm(props: {
  readonly frame: OfficeFrame
  readonly pollId: string
  readonly buildings: readonly string[]
}) {
  const t = useT()
  const at = (file: string) => officePath(props.frame.slug, 'polls', props.pollId, 'print', file)
  return (
    <form method="get" action={at('ballots.pdf')}>
      <Notice tone="warning" title={t('desk.printSecret')}>
        <p>{t('desk.printSecretText')}</p>
      </Notice>
      <SelectField
        name="building"
        label={t('desk.printWhich')}
        prompt={t('desk.printAll')}
        choices={props.buildings.map(building => ({ value: building, label: building }))}
        width="half"
        optional
      />
      <TextField name="at" label={t('desk.handInAt')} hint={t('desk.handInAtHint')} maxLength={60} required />
      <div className="big-buttons">
        <Button icon="download">{t('desk.printBallots')}</Button>
        <Button icon="download" tone="secondary" formAction={at('delivery.pdf')}>
          {t('desk.printDelivery')}
        </Button>
        <Button icon="download" tone="secondary" formAction={at('proxy.pdf')}>
          {t('desk.printProxy')}
        </Button>
      </div>
    </form>
  )
}
