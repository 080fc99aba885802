import { z } from 'zod';

/** What is read of a channel; Asterisk says more. */
export const Channel = z.object({
  id: z.string(),
  name: z.string(),
  state: z.string(),
  creationtime: z.string().optional(),
  caller: z.object({ name: z.string(), number: z.string() }),
  dialplan: z.object({ app_name: z.string().optional(), app_data: z.string().optional() }),
});
export type Channel = z.output<typeof Channel>;

export const Bridge = z.object({ id: z.string(), channels: z.array(z.string()) });

/** `online` when a phone is registered there, as far as Asterisk knows. */
export const Endpoint = z.object({ technology: z.string(), resource: z.string(), state: z.string().optional() });

export const Application = z.object({ name: z.string(), channel_ids: z.array(z.string()) });

export const AsteriskInfo = z.object({
  system: z.object({ version: z.string() }),
  /** When it is asked for. */
  status: z.object({ startup_time: z.string() }).optional(),
});

/** A setting of an object in Asterisk's dynamic configuration. */
export const Field = z.object({ attribute: z.string(), value: z.string() });
export type Field = z.output<typeof Field>;
