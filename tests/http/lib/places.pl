# places.pl FILE N - holds the first N places of a file of places (byte locks), says "held",
# and lets go when its standard input ends. Node cannot lock.
use strict;
use warnings;
use Fcntl;
$| = 1;
open(my $f, '+<', $ARGV[0]) or die "$ARGV[0]: $!";
# struct flock: type, whence, start, length, pid
fcntl($f, F_SETLK, pack('s s x![q] q q l x![q]', F_WRLCK, 0, 0, $ARGV[1], 0)) or die "lock: $!";
print "held\n";
1 while <STDIN>;
