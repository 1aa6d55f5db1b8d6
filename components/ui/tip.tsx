'use client'

import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { cn } from '#components/ui/cn'

/**
 * Words that say more about what they stand on: under the pointer, with the focus, and after a tap; gone with Escape or a
 * press elsewhere. `tip` is rendered only while it is shown. What it stands on stays text that can be selected.
 */
export function Tip({
  tip,
  end = false,
  className,
  children,
}: {
  tip: ReactNode
  /** Runs from the right edge to the left. */
  end?: boolean
  className?: string
  children: ReactNode
}) {
  const [open, setOpen] = useState(false)
  const here = useRef<HTMLSpanElement>(null)
  const id = useId()
  const show = () => setOpen(true)
  const hide = () => setOpen(false)

  useEffect(() => {
    if (!open) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      // It closes this and nothing else.
      event.preventDefault()
      setOpen(false)
    }
    const onPress = ({ target }: PointerEvent) => {
      if (!(target instanceof Node) || !here.current?.contains(target)) setOpen(false)
    }
    document.addEventListener('keydown', onKey, true)
    document.addEventListener('pointerdown', onPress)
    return () => {
      document.removeEventListener('keydown', onKey, true)
      document.removeEventListener('pointerdown', onPress)
    }
  }, [open])

  return (
    <span
      ref={here}
      className={cn('relative inline-flex max-w-full', className)}
      onPointerEnter={({ pointerType }) => pointerType !== 'touch' && show()}
      onPointerLeave={({ pointerType }) => pointerType !== 'touch' && hide()}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: the text of a button can't be selected */}
      <span
        role="button"
        tabIndex={0}
        className="inline-flex max-w-full cursor-default rounded-strip text-left"
        onFocus={show}
        onBlur={hide}
        onClick={show}
        onKeyDown={({ key }) => key === 'Enter' && show()}
        {...(open ? { 'aria-describedby': id } : {})}
      >
        {children}
      </span>
      {open && (
        <span
          className={cn(
            'absolute top-full z-30 animate-appear pt-1.5 [animation-delay:250ms] [animation-fill-mode:backwards]',
            end ? 'right-0' : 'left-0',
          )}
        >
          <span
            role="tooltip"
            id={id}
            className="block w-max max-w-[min(19rem,calc(100vw-2rem))] whitespace-normal rounded-panel border bg-raised px-3 py-2 font-normal font-sans text-small text-soft shadow-menu dark:border-transparent forced-colors:border-line"
          >
            {tip}
          </span>
        </span>
      )}
    </span>
  )
}
