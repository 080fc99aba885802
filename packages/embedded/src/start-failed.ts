/** Something could not be brought up. The message is one sentence for a person: what is in the way, and what to do. */
export class StartFailed extends Error {
  override readonly name = 'StartFailed';
}
