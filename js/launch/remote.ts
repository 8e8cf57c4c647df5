// A process on another host: the script that ssh runs there.
//
// The host's shell listens on its standard input for names of signals to pass on, and ends the process when
// that input ends. So nothing is left behind where the launcher or the connection dies, and no terminal is
// needed, which would mix output and errors.
import type { Start } from './backends';

/** A word of a shell command, whatever it holds. */
export function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The arguments of ssh. No prompt is possible: several ranks would ask at once. */
export function sshArguments(start: Start, folder: string): string[] {
  return ['-T', '-o', 'BatchMode=yes', start.host.name, `exec sh -c ${quote(remoteScript(start, folder))}`];
}

function remoteScript({ command, environment, files }: Start, folder: string): string {
  const variables = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`);
  const paths = Object.entries(files).flatMap(([name, text]) => [
    `${name}=$(mktemp) || exit 1`,
    `printf %s ${quote(text)} > "$${name}"`,
    `export ${name}`,
  ]);
  const made = Object.keys(files).map((name) => ` "$${name}"`);
  return [
    `cd ${quote(folder)} || exit 1`,
    ...variables,
    ...paths,
    'exec 3<&0',
    `${command.map(quote).join(' ')} </dev/null 3<&- &`,
    'process=$!',
    '{ while read -r signal; do kill -s "$signal" "$process"; done; kill -s KILL "$process"; } <&3 >/dev/null 2>&1 &',
    'listener=$!',
    'wait "$process"',
    'status=$?',
    'kill "$listener"',
    ...(made.length > 0 ? [`rm -f${made.join('')}`] : []),
    'exit "$status"',
  ].join('\n');
}
