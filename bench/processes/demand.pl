# Takes MEMORY megabytes, keeps a core busy for CPU seconds of its time, then sleeps for REST seconds.
use strict;
use warnings;
my ($cpu, $memory, $rest) = @ARGV;
my $held = '';
vec($held, $memory * 1_000_000 - 1, 8) = 1 if $memory > 0;
my $spin = 0;
$spin++ while (times)[0] < $cpu;
select(undef, undef, undef, $rest) if $rest > 0;
