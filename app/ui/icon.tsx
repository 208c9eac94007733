/** Line icons of one family, 24 by 24, drawn in the colour of the text. Always beside words, never instead of them. */

const PATHS = {
  home: 'M4 11l8-7 8 7M6 9.5V20h12V9.5M10 20v-6h4v6',
  money: 'M12 3a9 9 0 100 18 9 9 0 000-18zM8 7.5l4 5 4-5M12 12.5V18M8.5 13h7M8.5 15.5h7',
  ledger: 'M6 3h12a1 1 0 011 1v16a1 1 0 01-1 1H6a2 2 0 01-2-2V5a2 2 0 012-2zM8 3v18M11 8h5M11 12h5M11 16h3',
  voucher: 'M5 3h14v18l-3-2-2 2-2-2-2 2-2-2-3 2V3zM8.5 8h7M8.5 12h7',
  statement: 'M7 3h7l4 4v14H7a1 1 0 01-1-1V4a1 1 0 011-1zM14 3v5h4M9 12h6M9 16h6',
  verify: 'M12 3l8 3v5c0 5-3.4 8.6-8 10-4.6-1.4-8-5-8-10V6l8-3zM8.5 12l2.5 2.5 4.5-5',
  vote: 'M5 10v10h14V10M3 10h18M8 10V4h8v6M10 7h4M9 14h6',
  ask: 'M4 4h16v12H11l-5 4v-4H4V4zM9.5 8.5a2.5 2 0 115 .3c0 1.2-2.5 1.5-2.5 2.700M12 13.5v.1',
  council:
    'M12 4a2.5 2.5 0 100 5 2.5 2.5 0 000-5zM5.5 8a2 2 0 100 4 2 2 0 000-4zM18.5 8a2 2 0 100 4 2 2 0 000-4zM8 20v-5a4 4 0 018 0v5M2.5 19v-2.5a3 3 0 013-3M21.5 19v-2.5a3 3 0 00-3-3',
  health: 'M3 12h4l2.5-6 4 12 2.5-6h5',
  upload: 'M12 16V4M7 9l5-5 5 5M4 16v4h16v-4',
  download: 'M12 4v12M7 11l5 5 5-5M4 16v4h16v-4',
  calendar: 'M4 6h16v14H4V6zM4 10h16M8 3v4M16 3v4',
  person: 'M12 4a4 4 0 100 8 4 4 0 000-8zM4 21c0-4 3.5-6.5 8-6.5s8 2.5 8 6.5',
  done: 'M5 12.5l4.5 4.5L19 7.5',
  waiting: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 7.5V12l3 2.5',
  attention: 'M12 4l9 16H3L12 4zM12 10v5M12 17.5v.1',
  stopped: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  draft: 'M4 20l1-4L16 5l3 3L8 19l-4 1zM14 7l3 3',
  note: 'M12 3.5a8.5 8.5 0 100 17 8.5 8.5 0 000-17zM12 11v5.5M12 7.8v.1',
  next: 'M9 5l7 7-7 7',
  previous: 'M15 5l-7 7 7 7',
  right: 'M4 12h15M13 6l6 6-6 6',
  more: 'M5 12h.1M12 12h.1M19 12h.1',
} as const

export type IconName = keyof typeof PATHS

/** One icon, hidden from screen readers: the words beside it say it. */
export function Icon(props: { readonly name: IconName; readonly className?: string }) {
  return (
    <svg
      className={props.className ? `icon ${props.className}` : 'icon'}
      viewBox="0 0 24 24"
      width="24"
      height="24"
      aria-hidden="true"
      focusable="false"
    >
      <path d={PATHS[props.name]} />
    </svg>
  )
}
