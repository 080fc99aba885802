/** The environment says something that cannot work. The message is one sentence for a person: which variable, and what to do. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
