/**
 * The launcher: reads requests, forks, becomes the program asked for, and tells how each ended. In Perl, which nearly every
 * Linux has, because a shell can neither start a session nor fork into the background without shutting out SIGINT.
 *
 * A request is its length in bytes, a line end, and fields with a NUL between: id, folder, number of arguments, arguments,
 * environment. Answers are lines: `started ID PID` from the child itself, so that the end of the stream leaves no doubt who
 * was started; `refused ID ERRNO`; `ended ID STATUS`, with an empty status for one ended by a signal.
 *
 * Perl runs a signal's handler between two of its steps: an end that comes in right before the wait for a request would be
 * told only after it, so that wait is cut short as long as anything runs. A signal also cuts short a write that waits for the
 * engine to read: it is tried again, or an end would never be told.
 */
export const LAUNCHER_PROGRAM = `use strict;
use POSIX ();
$^F = 2;
open my $out, '>&', *STDOUT or exit 1;
my (%id, %early);
sub answer {
  my $line = "@_\\n";
  while (length $line) {
    my $written = syswrite $out, $line;
    if (defined $written) { substr $line, 0, $written, '' } elsif ($! != POSIX::EINTR()) { last }
  }
}
sub ended { my ($pid, $status) = @_; answer('ended', delete $id{$pid}, $status & 127 ? '' : $status >> 8) }
$SIG{CHLD} = sub {
  local ($!, $?);
  while ((my $pid = waitpid -1, POSIX::WNOHANG()) > 0) { if (exists $id{$pid}) { ended($pid, $?) } else { $early{$pid} = $? } }
};
my $buffer = '';
vec(my $stdin = '', fileno STDIN, 1) = 1;
while (1) {
  next if select(my $ready = $stdin, undef, undef, %id ? 0.05 : undef) < 1;
  my $read = sysread STDIN, $buffer, 65536, length $buffer;
  next if !defined $read and $! == POSIX::EINTR();
  last unless $read;
  while ($buffer =~ /^(\\d+)\\n/ and length $buffer >= $+[0] + $1) {
    my ($id, $folder, $count, @fields) = split /\\0/, substr($buffer, $+[0], $1), -1;
    substr $buffer, 0, $+[0] + $1, '';
    if (!chdir $folder) { answer('refused', $id, $! + 0); next }
    my $pid = fork;
    if (!defined $pid) { answer('refused', $id, $! + 0); next }
    if ($pid) {
      $id{$pid} = $id;
      ended($pid, delete $early{$pid}) if exists $early{$pid};
      chdir '/';
      next;
    }
    $SIG{CHLD} = 'DEFAULT';
    POSIX::setsid();
    answer('started', $id, $$);
    my @argv = splice @fields, 0, $count;
    open STDIN, '<', '/dev/null';
    open STDOUT, '>', '/dev/null';
    open STDERR, '>', '/dev/null';
    %ENV = @fields;
    exec { $argv[0] } @argv;
    POSIX::_exit(127);
  }
}`;
