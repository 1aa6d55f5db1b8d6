import { notFound } from 'next/navigation'
import { DomainError } from '#lib/errors'

/** What a verb gives, or the page for what does not exist. */
export async function orNotFound<T>(found: Promise<T>): Promise<T> {
  try {
    return await found
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') notFound()
    throw error
  }
}
