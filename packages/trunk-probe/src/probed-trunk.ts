/** A carrier that is asked: where it is, and as whom we register with it. */
export interface ProbedTrunk {
  /** `sip.example.net` or `sip.example.net:5060`. */
  readonly server: string;
  readonly registration?: { readonly username: string; readonly password: string };
}

/** `sip.example.net:5070` taken apart; `[2001:db8::1]:5070` too. */
export const addressOf = (server: string): { readonly host: string; readonly port: number | undefined } => {
  const [, bracketed, plain = server, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(server) ?? [];
  return { host: bracketed ?? plain, port: port === undefined ? undefined : Number(port) };
};
