import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Address } from './sdp.ts';

/** A-law (RFC 3551), 20 ms of it, and how long the head of a packet is (RFC 3550 §5.1). */
const payloadType = 8;
const payloadBytes = 160;
const headBytes = 12;

/** Sends and hears RTP: no sound, but bytes that nobody else sends. */
export class SoundPort {
  readonly #socket: Socket;
  #timer: NodeJS.Timeout | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static async open(host: string): Promise<SoundPort> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, host, resolve);
    });
    return new SoundPort(socket);
  }

  get port(): number {
    return this.#socket.address().port;
  }

  /** Sends packets full of one byte, one each millisecond: finer than the 20 ms that people's phones send by. */
  send({ host, port }: Address, byte: number): void {
    let sequence = 0;
    this.#timer = setInterval(() => {
      const packet = Buffer.alloc(headBytes + payloadBytes, byte);
      packet.writeUInt8(0x80, 0);
      packet.writeUInt8(payloadType, 1);
      packet.writeUInt16BE(sequence & 0xffff, 2);
      packet.writeUInt32BE((sequence * payloadBytes) >>> 0, 4);
      packet.writeUInt32BE(0x5eed, 8);
      sequence += 1;
      this.#socket.send(packet, port, host);
    }, 1);
  }

  /** Resolves with the moment (`performance.now()`) at which a packet full of this byte first arrives. */
  hears(byte: number): Promise<number> {
    return new Promise((resolve) => {
      const listen = (packet: Buffer, _from: RemoteInfo): void => {
        if (packet.length <= headBytes || packet.subarray(headBytes).some((each) => each !== byte)) return;
        this.#socket.off('message', listen);
        resolve(performance.now());
      };
      this.#socket.on('message', listen);
    });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#socket.close();
  }
}
