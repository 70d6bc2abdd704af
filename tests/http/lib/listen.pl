# listen.pl PATH... -- COMMAND... - becomes the command, with a listening Unix socket at
# each path as descriptors 3, 4 and so on, and the variables systemd sets, unless they
# are set already. Node can neither do this nor read datagrams (notify.pl).
use strict;
use warnings;
use POSIX qw(dup2);
use Socket;
my @sockets;
while ((my $path = shift @ARGV) ne '--') {
    socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
    bind($s, sockaddr_un($path)) && listen($s, 511) or die "$path: $!";
    push @sockets, $s;
}
dup2(fileno($sockets[$_]), 10 + $_) for 0 .. $#sockets;
dup2(10 + $_, 3 + $_) for 0 .. $#sockets;
$ENV{LISTEN_FDS} //= @sockets;
$ENV{LISTEN_PID} //= $$;
exec @ARGV or die "$ARGV[0]: $!";
