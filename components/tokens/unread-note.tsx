import { Button } from '#components/ui/button'
import { Notice } from '#components/ui/notice'

/** Says that the verifiers' answers could not be read, and offers to read them again. */
export const UnreadNote = ({ retry }: { retry: () => void }) => (
  <Notice tone="plain">
    <p>What the verifiers answered could not be read just now. The revocation stands.</p>
    <Button size="small" className="mt-2" onClick={retry}>
      Retry
    </Button>
  </Notice>
)
