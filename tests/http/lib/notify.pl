# notify.pl PATH - prints each datagram that comes to a Unix socket, one a line.
use strict;
use warnings;
use Socket;
$| = 1;
socket(my $s, PF_UNIX, SOCK_DGRAM, 0) or die "socket: $!";
bind($s, sockaddr_un($ARGV[0])) or die "$ARGV[0]: $!";
print "listening\n";
while (defined recv($s, my $text, 4096, 0)) {
    $text =~ tr/\n/ /;
    print "$text\n";
}
