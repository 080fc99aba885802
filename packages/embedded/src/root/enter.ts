import type { Ids } from './privilege.ts';

/** Where a program of the root sees the folder it was given. */
export const insideFolder = '/srv/cordboard';

/**
 * Enters the root in a mount namespace of this process alone: whatever happens, nothing stays mounted. The root is
 * read-only, with folders of its own for what is temporary. Each step is an `exec`, so that the process which is
 * started is, in the end, the program itself: its number, its signals, its exit code.
 *
 * The machine's name must resolve without a question to DNS: Asterisk looks it up for each RTP session
 * (res_rtp_asterisk.c), and a slow answer holds up every call.
 */
const script = `set -e
root=$1 folder=$2 uid=$3 gid=$4 server_uid=$5 server_gid=$6 signal=$7 parent=$8
shift 8
mount --bind "$root" "$root"
mount --rbind /proc "$root/proc"
mount --rbind /dev "$root/dev"
for place in dev/shm tmp run srv; do mount -t tmpfs -o mode=1777 cordboard "$root/$place"; done
mkdir -p "$root${insideFolder}"
mount --bind "$folder" "$root${insideFolder}"
while [ "$1" != -- ]; do
  mkdir -p "$root$1"
  mount --bind "$2" "$root$1"
  shift 2
done
shift
name=$(uname -n)
printf '127.0.0.1 localhost %s\\n::1 localhost\\n' "$name" > "$root/run/hosts"
cp "$root/etc/passwd" "$root/run/passwd"
printf 'cordboard:x:%s:%s::${insideFolder}:/usr/sbin/nologin\\n' "$server_uid" "$server_gid" >> "$root/run/passwd"
for file in hosts passwd; do mount --bind "$root/run/$file" "$root/etc/$file"; done
if [ -e /etc/resolv.conf ]; then mount --bind /etc/resolv.conf "$root/etc/resolv.conf"; fi
mount -o remount,bind,ro "$root"
if [ "$parent" != 0 ]; then
  (while [ -d "/proc/$parent" ] && [ -d "/proc/$$" ]; do sleep 1; done; if [ -d "/proc/$$" ]; then kill "-$signal" "$$"; fi) < /dev/null > /dev/null 2>&1 &
fi
exec chroot "$root" setpriv --reuid "$uid" --regid "$gid" --clear-groups --pdeathsig "$signal" -- env -C ${insideFolder} "$@"
`;

/** A way into the root. */
export interface Entry {
  /** The root's folder on the host. */
  readonly root: string;
  /** The folder on the host that appears as `/srv/cordboard`. */
  readonly folder: string;
  /** More folders: the path inside (below `/srv`) to the path on the host. */
  readonly binds: Readonly<Record<string, string>>;
  readonly user: Ids;
  readonly server: Ids;
  /** What the program gets when this process dies before it. */
  readonly whenOrphaned: NodeJS.Signals;
  /** A process to watch where the kernel cannot tell (behind sudo); otherwise undefined. */
  readonly parent: number | undefined;
}

/** The command line, for the host, that enters the root and becomes `command`. */
export const enterCommand = (
  entry: Entry,
  command: string,
  args: readonly string[],
): readonly [string, ...string[]] => [
  'unshare',
  '--mount',
  '--propagation',
  'private',
  'sh',
  '-c',
  script,
  'cordboard-enter',
  entry.root,
  entry.folder,
  String(entry.user.uid),
  String(entry.user.gid),
  String(entry.server.uid),
  String(entry.server.gid),
  entry.whenOrphaned.replace(/^SIG/, ''),
  String(entry.parent ?? 0),
  ...Object.entries(entry.binds).flat(),
  '--',
  command,
  ...args,
];
