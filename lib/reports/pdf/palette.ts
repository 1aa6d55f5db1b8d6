/** The light colours of the screens, as PDF writes them. */
export const COLOUR = {
  text: '#151b2c',
  soft: '#414758',
  muted: '#5c6271',
  line: '#dfe1e7',
  sunken: '#eaedf3',
  accent: '#2245c3',
  good: '#4971e0',
  refused: '#1e263a',
  rest: '#e4e8f0',
  surface: '#fdfdfe',
} as const

export type Colour = keyof typeof COLOUR
