'use client'

import { Eye, EyeOff } from 'lucide-react'
import { type ComponentProps, useState } from 'react'
import { Button } from '#components/ui/button'
import { cn } from '#components/ui/cn'
import { Input } from '#components/ui/input'

/** A password field whose characters can be looked at. */
export function PasswordInput({ className, ...props }: ComponentProps<'input'>) {
  const [shown, setShown] = useState(false)
  return (
    <div className="relative">
      <Input
        {...props}
        type={shown ? 'text' : 'password'}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        className={cn('pr-11', className)}
      />
      <Button
        variant="quiet"
        size="icon"
        aria-label={shown ? 'Hide what you typed' : 'Show what you typed'}
        onClick={() => setShown(!shown)}
        className="absolute top-1/2 right-1 -translate-y-1/2 touch:right-0"
      >
        {shown ? <EyeOff /> : <Eye />}
      </Button>
    </div>
  )
}
