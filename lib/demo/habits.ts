import type { Outcome } from '#lib/usage/choices'

/** How a sample token is used: about so many requests in the busiest hours, by these services. */
export type Habit = {
  readonly token: string
  readonly perHour: number
  /** In one hour of the day alone; else by day, and less at the weekend. */
  readonly nightly: boolean
  readonly endpoints: readonly string[]
  readonly devices: readonly string[]
  readonly services: readonly { readonly address: string; readonly userAgent: string; readonly share: number }[]
  readonly refusals: readonly { readonly outcome: Outcome; readonly oneIn: number }[]
}

export const HABITS: readonly Habit[] = [
  {
    token: 'Metering gateway',
    perHour: 160,
    nightly: false,
    endpoints: ['/v1/measurements', '/v1/devices', '/v1/alerts'],
    devices: ['meter-hall-1', 'meter-hall-2', 'heat-pump', 'water-main'],
    services: [
      { address: '203.0.113.24', userAgent: 'gateway/2.4.1 linux-arm64', share: 0.52 },
      { address: '203.0.113.25', userAgent: 'gateway/2.4.1 linux-arm64', share: 0.46 },
      { address: '198.51.100.7', userAgent: 'curl/8.9.1', share: 0.02 },
    ],
    refusals: [
      { outcome: 'insufficient_scope', oneIn: 70 },
      { outcome: 'ip_not_allowed', oneIn: 230 },
    ],
  },
  {
    token: 'Nightly backup',
    perHour: 24,
    nightly: true,
    endpoints: ['/v1/exports'],
    devices: [],
    services: [
      { address: '198.51.100.7', userAgent: 'curl/8.9.1', share: 0.9 },
      { address: '198.51.100.8', userAgent: 'curl/8.5.0', share: 0.1 },
    ],
    refusals: [],
  },
  {
    token: 'Grafana import',
    perHour: 30,
    nightly: false,
    endpoints: ['/v1/measurements', '/v1/reports'],
    devices: ['weather-station', 'heat-pump'],
    services: [
      { address: '203.0.113.80', userAgent: 'Grafana/12.1', share: 0.7 },
      { address: '203.0.113.81', userAgent: 'Grafana/12.1', share: 0.3 },
    ],
    refusals: [{ outcome: 'insufficient_scope', oneIn: 40 }],
  },
  {
    token: 'Default',
    perHour: 45,
    nightly: false,
    endpoints: ['/v1/reports', '/v1/measurements'],
    devices: [],
    services: [
      { address: '198.51.100.44', userAgent: 'report-loader/3.2', share: 0.85 },
      { address: '198.51.100.45', userAgent: 'report-loader/3.1', share: 0.15 },
    ],
    refusals: [{ outcome: 'insufficient_scope', oneIn: 110 }],
  },
]
