/** The forms by which the voice is arranged: working days of each turn, and spots with a code. Decides nothing. */
import { type Clocks, LONGEST_PLACE } from '#voice'
import { Button } from '../button.tsx'
import { TextField } from '../form.tsx'
import { CsrfField, type OfficeFrame } from '../office/office-page.tsx'
import { Card } from '../page-shell.tsx'
import { useT } from '../viewer.tsx'

/** Working days of each turn. */
export function ClocksForm(props: { readonly frame: OfficeFrame; readonly clocks: Clocks }) {
  const t = useT()
  const names = ['answerDays', 'judgeDays', 'takeDays', 'replyDays'] as const
  return (
    <form method="post">
      <CsrfField frame={props.frame} />
      {names.map(name => (
        <TextField
          key={name}
          name={name}
          label={t(`voice.${name}`)}
          defaultValue={String(props.clocks[name])}
          inputMode="numeric"
          autoComplete="off"
          width="short"
          required
        />
      ))}
      <Button name="intent" value="clocks">
        {t('voice.clocksSave')}
      </Button>
    </form>
  )
}

/** The spots in use, each with a way out of use, and a new one. */
export function SpotForms(props: {
  readonly frame: OfficeFrame
  readonly spots: readonly { readonly spotId: string; readonly name: string; readonly grid: string }[]
}) {
  const t = useT()
  const { frame, spots } = props
  return (
    <>
      {spots.length === 0 && <p>{t('voice.spotsNone')}</p>}
      {spots.map(spot => (
        <Card key={spot.spotId}>
          <h3 className="case__title">{spot.name}</h3>
          {spot.grid !== '' && (
            <p className="case__facts">
              {t('voice.spotGrid')} {spot.grid}
            </p>
          )}
          <form method="post">
            <CsrfField frame={frame} />
            <input type="hidden" name="spot" value={spot.spotId} />
            <Button name="intent" value="remove" tone="secondary">
              {t('voice.spotRemove', { name: spot.name })}
            </Button>
          </form>
        </Card>
      ))}
      <form method="post">
        <CsrfField frame={frame} />
        <TextField
          name="name"
          label={t('voice.spotName')}
          maxLength={LONGEST_PLACE}
          autoComplete="off"
          required
        />
        <TextField
          name="grid"
          label={t('voice.spotGrid')}
          maxLength={LONGEST_PLACE}
          autoComplete="off"
          optional
        />
        <Button name="intent" value="add">
          {t('voice.spotAdd')}
        </Button>
      </form>
    </>
  )
}
