/** "13,623". */
export const inDigits = (count: number) => count.toLocaleString('en-GB')

/** "1 request", "13,623 requests". */
export const counted = (count: number, one: string) => `${inDigits(count)} ${one}${count === 1 ? '' : 's'}`
