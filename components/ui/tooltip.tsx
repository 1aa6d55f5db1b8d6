'use client'

import { Tooltip as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

/** The page's `main`, so that the words belong to a landmark; null before there is a document. */
const landmark = () => (typeof document === 'undefined' ? null : document.getElementById('content'))

export const TooltipProvider = Primitive.Provider

/** Adds words to its one child on hover and focus; the child must be focusable, and nothing vital is said only here. */
export function Tooltip({
  content,
  side = 'top',
  children,
}: {
  content: ReactNode
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactNode
}) {
  return (
    <Primitive.Root>
      <Primitive.Trigger asChild>{children}</Primitive.Trigger>
      <Primitive.Portal container={landmark()}>
        <Primitive.Content
          side={side}
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 animate-appear text-balance rounded-control bg-text px-2.5 py-1.5 text-small text-surface shadow-menu forced-colors:border"
        >
          {content}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
