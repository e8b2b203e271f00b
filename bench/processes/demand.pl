# Takes MEMORY megabytes, keeps a core busy for CPU seconds of its time, then sleeps for REST seconds.
use strict;
use warnings;
my ($cpu, $memory, $rest) = @ARGV;
my $held = '';
vec($held, $memory * 1_000_000 - 1, 8) = 1 if $memory > 0;
my $spin = 0;
# The clock is asked now and then: asking it costs more than counting.
1 while ++$spin % 10_000 or (times)[0] < $cpu;
select(undef, undef, undef, $rest) if $rest > 0;
