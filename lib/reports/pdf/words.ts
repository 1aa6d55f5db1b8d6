const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** "12,345" */
export const figure = (value: number) => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

/** "1.2 %" of the whole; none of nothing. */
export const share = (part: number, whole: number) => `${whole === 0 ? '0.0' : ((100 * part) / whole).toFixed(1)} %`

/** "1 request", "2 requests" */
export const counted = (count: number, one: string, many: string) => `${figure(count)} ${count === 1 ? one : many}`

/** "14 Feb 2027" of `2027-02-14`. */
export function dayWords(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-')
  return `${Number(date)} ${MONTHS[Number(month) - 1]} ${year}`
}

/** What tells the day, `2027-02-14`, and the time, `14:06`, of an instant in a time zone. */
export function localTime(timeZone: string): (at: Date) => { readonly day: string; readonly time: string } {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' })
  return (at) => {
    const [day = '', time = ''] = format.format(at).split(' ')
    return { day, time }
  }
}
